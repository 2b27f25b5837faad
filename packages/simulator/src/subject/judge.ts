import type { InvariantName, InvariantResult, Outcome, Violation } from "../outcome/outcome.js";
import { verdictOf } from "../outcome/verdict.js";
import type { Fault } from "../scenario/fault.js";
import type { Tally } from "./tally.js";

/** What the checks made of a subject's IDs. */
export type Checked = Omit<Outcome, "verdict" | "traceHash" | "scenario">;

/** What only its thread can tell of a subject. */
export interface Conduct {
  /** Those of the scenario. */
  readonly faults: readonly Fault[];
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
  const { tally, hungLives, crashes, strays, reads } = conduct;
  const hangs = tally.hangs + hungLives.length;
  const throws = [...tally.throws.values()].reduce((sum, count) => sum + count, 0);
  let invariants = checked.invariants;
  if (tally.misshapen > 0) {
    invariants = failed(invariants, "layout", `${tally.misshapen} values are no 64-bit IDs`, "0");
  }
  if (hangs + crashes > 0) {
    invariants = failed(invariants, "available", `${hangs} hangs, ${crashes} ends of the process by itself`, "0");
  }
  invariants = invariants.map((result) =>
    result.name === "not-vacuous" ? notVacuous(checked.issued, conduct) : result,
  );
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

/** Every fault that a subject can suffer was seen, in its own clocks, to the scenario's end. It has no store. */
function notVacuous(issued: number, { faults, tally, reads, extent }: Conduct): InvariantResult {
  const concerning = [...faults.keys()].filter((fault) => faults[fault]!.kind !== "store");
  const seen = concerning.filter((fault) => tally.seenFaults.has(fault)).length;
  const doubt =
    issued > 0 && reads === 0
      ? ", but the subject read no clock that was replaced: it has one elsewhere, or none"
      : extent === "cut-short"
        ? ", but the budget was over before the scenario"
        : "";
  return {
    name: "not-vacuous",
    verdict: seen === concerning.length && doubt === "" ? "pass" : "unknown",
    figure: `${seen} faults seen${doubt}`,
    bound: `all ${concerning.length} that a subject can suffer`,
  };
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
