import type { Ran } from "../run/run-messages.js";
import type { ScenarioSource } from "../run/scenario-source.js";
import { EMPTY_TALLY, type SearchTally, withRun } from "./search-tally.js";

/** Runs a scenario somewhere; rejects with the signal's reason once that is aborted. */
export type Run = (source: ScenarioSource, signal: AbortSignal) => Promise<Ran>;

/** What {@link search} takes. */
export interface SearchOptions {
  /** What is run for a seed. */
  readonly sourceOf: (seed: number) => ScenarioSource;
  /** 0 to 2^32 - 1; the others follow it. */
  readonly firstSeed: number;
  /** Ends the search when so many seeds were dealt; may be infinite. */
  readonly mostSeeds: number;
  readonly run: Run;
  /** Runs at the same time. */
  readonly width: number;
  /** Its abort ends the search, as planned. */
  readonly budget: AbortSignal;
  /** Its abort ends the search and its call. */
  readonly signal: AbortSignal;
}

/** What a search came to. */
export type SearchResult =
  /** A run broke an invariant. */
  | { readonly kind: "found"; readonly ran: Ran; readonly tally: SearchTally }
  /** None did until the end. */
  | {
      readonly kind: "nothing";
      /** Of the runs that passed, the one in which a request waited longest; without one the last; `null` after none. */
      readonly ran: Ran | null;
      readonly tally: SearchTally;
    };

const SEEDS = 2 ** 32;

/**
 * Runs one seed after the other until an invariant breaks, the budget ends or the seeds do.
 *
 * @throws the signal's reason; what a run threw, which ends the search
 */
export async function search(options: SearchOptions): Promise<SearchResult> {
  const { sourceOf, firstSeed, mostSeeds, run, width, budget, signal } = options;
  const done = new AbortController();
  const ending = AbortSignal.any([budget, signal, done.signal]);
  let dealt = 0;
  let tally = EMPTY_TALLY;
  let found: Ran | undefined;
  let hardest: Ran | undefined;
  let last: Ran | undefined;

  const settle = (ran: Ran): void => {
    tally = withRun(tally, ran.outcome);
    last = ran;
    const { verdict, stallMs } = ran.outcome;
    if (verdict === "fail") {
      found ??= ran;
      done.abort();
    } else if (verdict === "pass" && !(hardest !== undefined && stallMs.max <= hardest.outcome.stallMs.max)) {
      hardest = ran;
    }
  };
  const runSeeds = async (): Promise<void> => {
    while (!ending.aborted && dealt < mostSeeds) {
      const source = sourceOf((firstSeed + dealt++) % SEEDS);
      try {
        settle(await run(source, ending));
      } catch (error) {
        // A run that was cut short proves nothing, and its complaint about it is none.
        if (ending.aborted) return;
        done.abort();
        throw error;
      }
    }
  };

  await Promise.all(Array.from({ length: width }, runSeeds));
  if (found !== undefined) return { kind: "found", ran: found, tally };
  signal.throwIfAborted();
  return { kind: "nothing", ran: hardest ?? last ?? null, tally };
}
