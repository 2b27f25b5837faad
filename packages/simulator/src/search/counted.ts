import type { Outcome } from "../outcome/outcome.js";

const LEAST_MS = 60_000;
const LEAST_FAULTS = 2;

/**
 * Whether a run counts as evidence: it was decided, lasted at least a minute of simulated time, and at least two faults
 * were observed, one of them a restart. Runs that do not count prove nothing by passing.
 */
export function isCounted({ verdict, scenario, coverage }: Outcome): boolean {
  if (verdict === "unknown" || scenario.durationMs < LEAST_MS) return false;
  const seen = scenario.faults.filter(({ kind }) => (coverage[`fault:${kind}`] ?? 0) > 0);
  return seen.length >= LEAST_FAULTS && seen.some(({ kind }) => kind === "restart");
}
