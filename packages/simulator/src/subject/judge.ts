import type { InvariantName, InvariantResult, Outcome, Verdict, Violation } from "../outcome/outcome.js";
import type { Tally } from "./tally.js";

/** What the checks made of a subject's IDs. */
export type Checked = Omit<Outcome, "verdict" | "traceHash" | "scenario">;

/** What only its thread can tell of a subject. */
export interface Conduct {
  readonly tally: Tally;
  /** Lives whose thread had to be ended, since nothing came any more. */
  readonly hungLives: readonly { readonly shard: number; readonly fromMs: number }[];
  /** Lives that ended their thread. */
  readonly crashes: number;
  /** Errors that nobody caught. */
  readonly strays: number;
  /** Reads of replaced clocks. */
  readonly reads: number;
  /** Whether every life was lived, or the budget was over before. */
  readonly extent: "whole" | "cut-short";
}

/** What can be said about IDs that are compared as texts: they have no sections and show no time. */
const OF_TEXTS: readonly InvariantName[] = ["unique", "monotonic", "ordered", "available", "not-vacuous"];

/** Drops what the checks said of the sections of numbers that only stand for texts, and puts the texts in their place. */
export function aboutTexts(checked: Checked, textOf: (rank: number) => string): Checked {
  return {
    ...checked,
    largestInversionMs: 0,
    invariants: checked.invariants.filter(({ name }) => OF_TEXTS.includes(name)),
    violations: checked.violations
      .filter(({ invariant }) => OF_TEXTS.includes(invariant))
      .map((violation) => {
        const ids = violation.ids.map((id) => textOf(Number(id)));
        return { ...violation, ids, detail: textDetail(violation, textOf) };
      }),
  };
}

/** The sentence names IDs as "ID 42 (…)"; what is in the parentheses are sections that a text does not have. */
function textDetail({ detail }: Violation, textOf: (rank: number) => string): string {
  return detail.replaceAll(/ID (\d+) \([^)]*\)/g, (_, rank: string) => `ID ${textOf(Number(rank))}`);
}

/** Adds to what the checks say what they cannot know, and decides. */
export function judge(checked: Checked, conduct: Conduct): Omit<Outcome, "traceHash" | "scenario"> {
  const { tally, hungLives, crashes, strays, reads, extent } = conduct;
  const hangs = tally.hangs + hungLives.length;
  const throws = [...tally.throws.values()].reduce((sum, count) => sum + count, 0);
  let invariants = checked.invariants;
  if (tally.misshapen > 0) {
    invariants = failed(invariants, "layout", `${tally.misshapen} values are no 64-bit IDs`, "0");
  }
  if (hangs + crashes > 0) {
    invariants = failed(invariants, "available", `${hangs} hangs, ${crashes} ends of the process by itself`, "0");
  }
  const doubt = doubtOf(reads, checked.issued, extent);
  if (doubt !== null) {
    const bound = "every fault is seen in a run that is whole";
    invariants = [
      ...invariants.filter(({ name }) => name !== "not-vacuous"),
      { name: "not-vacuous", verdict: "unknown", figure: doubt, bound },
    ];
  }
  return {
    ...checked,
    verdict: reads === 0 && checked.issued > 0 ? "unknown" : verdictOf(invariants),
    invariants,
    violations: [...checked.violations, ...misshapenViolations(tally), ...hangViolations(conduct)],
    coverage: {
      ...checked.coverage,
      "clock-reads": reads,
      hangs,
      crashes,
      throws,
      ...Object.fromEntries([...tally.throws].map(([name, count]) => [`throws:${name}`, count])),
      "uncaught-errors": strays,
      "lost-in-kill": tally.lost,
    },
  };
}

function doubtOf(reads: number, issued: number, extent: Conduct["extent"]): string | null {
  if (issued > 0 && reads === 0) return "the subject read no clock that was replaced: it has one elsewhere, or none";
  return extent === "cut-short" ? "the budget was over before the scenario" : null;
}

function failed(
  invariants: readonly InvariantResult[],
  name: InvariantName,
  figure: string,
  bound: string,
): readonly InvariantResult[] {
  const known = invariants.find((invariant) => invariant.name === name);
  if (known === undefined) return [...invariants, { name, verdict: "fail", figure, bound }];
  const worse: InvariantResult = { ...known, verdict: "fail", figure: `${known.figure}, ${figure}` };
  return invariants.map((invariant) => (invariant === known ? worse : invariant));
}

function verdictOf(invariants: readonly InvariantResult[]): Verdict {
  if (invariants.some(({ verdict }) => verdict === "fail")) return "fail";
  return invariants.some(({ verdict }) => verdict === "unknown") ? "unknown" : "pass";
}

function misshapenViolations({ misshapenFirst }: Tally): readonly Violation[] {
  return misshapenFirst.map(({ shard, atMs, value }) => ({
    invariant: "layout",
    shard,
    atMs,
    ids: [],
    detail: `Shard ${shard} answered with ${value} at ${atMs} ms, which is no ID of 64 bits.`,
  }));
}

function hangViolations({ hungLives }: Conduct): readonly Violation[] {
  return hungLives.map(({ shard, fromMs }) => ({
    invariant: "available",
    shard,
    atMs: fromMs,
    ids: [],
    detail: `Shard ${shard}'s process that started at ${fromMs} ms hung: nothing came back in real time, and it was ended.`,
  }));
}
