import type { Outcome } from "../../outcome/outcome.js";
import type { Fault } from "../../scenario/fault.js";
import type { Scenario } from "../../scenario/scenario.js";
import { simplerNumbers } from "./simpler-number.js";

/** The scenario that ends earlier: soon after its first violation, or after a simpler time. */
export function* shorter(scenario: Scenario, { violations }: Outcome): Generator<Scenario> {
  const { durationMs } = scenario;
  const firstMs = violations.reduce((earliest, { atMs }) => Math.min(earliest, atMs), durationMs);
  const soonAfter = [100, 1000, 10_000, 60_000].map((unitMs) => (Math.floor(firstMs / unitMs) + 1) * unitMs);
  const times = [...soonAfter, Math.floor(firstMs) + 1, ...simplerNumbers(durationMs)];
  for (const endMs of times.sort((a, b) => a - b)) {
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
