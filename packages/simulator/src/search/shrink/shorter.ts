import type { Outcome } from "../../outcome/outcome.js";
import type { Fault } from "../../scenario/fault.js";
import type { Scenario } from "../../scenario/scenario.js";
import { roundedDown } from "./simpler-number.js";

/**
 * The scenario that ends earlier: right after its first violation, which nothing later can have caused; or, because some
 * violations are about the whole run, after half or three quarters of the time.
 */
export function* shorter(scenario: Scenario, { violations }: Outcome): Generator<Scenario> {
  const { durationMs } = scenario;
  const firstMs = violations.reduce((earliest, { atMs }) => Math.min(earliest, atMs), durationMs);
  const times = [1, 10, 100, 1000].map((unitMs) => (Math.floor(firstMs / unitMs) + 1) * unitMs);
  for (const endMs of [...times, roundedDown(durationMs / 2, 2), roundedDown(durationMs * 0.75, 2)]) {
    if (endMs > 0 && endMs < durationMs) yield endingAt(scenario, endMs);
  }
}

/** Faults that begin later are gone, those that would last longer end with it. */
function endingAt(scenario: Scenario, durationMs: number): Scenario {
  const faults = scenario.faults.flatMap((fault): Fault[] => {
    if (fault.atMs >= durationMs) return [];
    return [{ ...fault, forMs: Math.min(fault.forMs, durationMs - fault.atMs) }];
  });
  return { ...scenario, durationMs, faults };
}
