import { defineLayout, type LayoutOptions } from "@shardflake/core";
import { createChecks } from "../check/checks.js";
import { Audience } from "../observation/audience.js";
import type { Observer } from "../observation/observer.js";
import { TraceHash } from "../observation/trace-hash.js";
import type { Outcome } from "../outcome/outcome.js";
import { interruptionsOf } from "../scenario/interruptions.js";
import type { Scenario } from "../scenario/scenario.js";
import { cannotLoad } from "./cannot-load.js";
import { denseRanks } from "./dense-ranks.js";
import { findSubject } from "./find-subject.js";
import { aboutTexts, judge } from "./judge.js";
import type { Life } from "./life.js";
import { type LivedThrough, liveThrough } from "./live-through.js";
import { livesOf } from "./lives-of.js";
import { tellLives } from "./tell-lives.js";

/** How a subject is run. */
export interface SimulateSubjectOptions {
  /** Ends the run. */
  readonly signal?: AbortSignal;
  /** Told now and then how much true time has been simulated, in milliseconds. */
  readonly onProgress?: (trueMs: number) => void;
  /** Are told everything that the checks are told. */
  readonly observers?: readonly Observer[];
  /** Real time that the subject may take, in milliseconds; when it is over, the verdict is `unknown` unless it is `fail`. @default 60 s */
  readonly budgetMs?: number;
  /** Real time without an answer, once it is loaded, after which a process counts as hung, in milliseconds. @default 5 s */
  readonly hangMs?: number;
}

/**
 * Puts somebody's generator under the clocks of a scenario: a ready subject by its name, or the module in a file. Each of
 * its processes runs in a thread of its own, in which the time, timers and randomness are the scenario's, gets the shard's
 * machine ID, and is asked for IDs one after the other. `store` faults do not concern it.
 *
 * @returns the outcome; `unknown` also when the subject never read a replaced clock (native code has its own). A process
 * from which nothing comes any more is ended and counted in `coverage.hangs`, errors are counted in `coverage.throws`
 * @throws SubjectError `SUBJECT_UNKNOWN`, `SUBJECT_NOT_INSTALLED`, `SUBJECT_INVALID`; LayoutError `LAYOUT_INVALID`; the
 * signal's reason when it was aborted
 */
export async function simulateSubject(
  scenario: Scenario,
  nameOrFile: string,
  options: SimulateSubjectOptions = {},
): Promise<Outcome> {
  const { signal, onProgress, observers = [], budgetMs = 60_000, hangMs = 5_000 } = options;
  const found = findSubject(nameOrFile);
  const lives = allLives(scenario);
  const lived = await liveThrough({
    scenario,
    href: found.href,
    lives,
    graceMs: Math.max(scenario.bounds.stallMs, scenario.bounds.recoveryMs),
    budgetMs,
    hangMs,
    signal,
    onProgress: (count) => onProgress?.((scenario.durationMs * count) / lives.length),
  });
  if ("kind" in lived) throw cannotLoad(found, nameOrFile, lived);
  const hash = new TraceHash();
  const outcome = await judged(scenario, lives, lived, { hash, observers, signal });
  // What was cut off is not the same in every run.
  const isRepeatable = lived.ends.every((end) => end === "lived");
  return { ...outcome, traceHash: isRepeatable ? hash.digest() : null, scenario };
}

function allLives(scenario: Scenario): readonly Life[] {
  const shards = Array.from({ length: scenario.shards }, (_, shard) => shard);
  return shards.flatMap((shard) => livesOf(shard, interruptionsOf(scenario, shard), scenario.durationMs));
}

/** Who is told besides the checks. */
interface Hearing {
  readonly hash: TraceHash;
  readonly observers: readonly Observer[];
  readonly signal: AbortSignal | undefined;
}

async function judged(
  scenario: Scenario,
  lives: readonly Life[],
  lived: LivedThrough,
  { hash, observers, signal }: Hearing,
): Promise<Omit<Outcome, "traceHash" | "scenario">> {
  const layout: LayoutOptions = { ...scenario.layout, ...lived.layout };
  const checks = createChecks({ ...scenario, layout }, { kind: "plain" });
  const ranks = denseRanks(lived.batches.flatMap((batches) => batches.flatMap(({ texts }) => texts)));
  const tally = await tellLives({
    lives,
    batches: lived.batches,
    layout: defineLayout(layout),
    rankOf: ranks.rankOf,
    stallMs: scenario.bounds.stallMs,
    observer: new Audience(hash, checks, observers),
    signal,
  });
  const checked = checks.result();
  return judge(lived.idKind === "text" ? aboutTexts(checked, ranks.textOf) : checked, {
    faults: scenario.faults,
    tally,
    hungLives: lives.filter((_, life) => lived.ends[life] === "hung"),
    crashes: lived.ends.filter((end) => end === "crashed").length,
    strays: lived.strays,
    reads: lived.reads,
    extent: lived.ends.includes("out-of-time") ? "cut-short" : "whole",
  });
}
