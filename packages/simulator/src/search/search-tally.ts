import type { Outcome } from "../outcome/outcome.js";
import { isCounted } from "./counted.js";

/** What a search has seen so far. */
export interface SearchTally {
  readonly runs: number;
  /** Runs that are evidence. */
  readonly counted: number;
  /** Runs that could not be decided. */
  readonly unknown: number;
  readonly issued: number;
  readonly simulatedMs: number;
  /** How often each fault and each branch was hit, over all runs. */
  readonly coverage: Readonly<Record<string, number>>;
}

export const EMPTY_TALLY: SearchTally = { runs: 0, counted: 0, unknown: 0, issued: 0, simulatedMs: 0, coverage: {} };

/** The tally with one more run in it. */
export function withRun(tally: SearchTally, outcome: Outcome): SearchTally {
  const coverage = { ...tally.coverage };
  for (const [name, hits] of Object.entries(outcome.coverage)) coverage[name] = (coverage[name] ?? 0) + hits;
  return {
    runs: tally.runs + 1,
    counted: tally.counted + (isCounted(outcome) ? 1 : 0),
    unknown: tally.unknown + (outcome.verdict === "unknown" ? 1 : 0),
    issued: tally.issued + outcome.issued,
    simulatedMs: tally.simulatedMs + outcome.scenario.durationMs,
    coverage,
  };
}
