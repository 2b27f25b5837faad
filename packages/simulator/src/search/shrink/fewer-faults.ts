import type { Scenario } from "../../scenario/scenario.js";

/**
 * The scenario without some of its faults, large parts first (after Zeller and Hildebrandt, "Simplifying and isolating
 * failure-inducing input", IEEE Transactions on Software Engineering 28(2), 2002: the complements of ddmin).
 */
export function* fewerFaults(scenario: Scenario): Generator<Scenario> {
  const { faults } = scenario;
  for (let length = faults.length; length >= 1; length = Math.floor(length / 2)) {
    for (let from = 0; from < faults.length; from += length) {
      yield { ...scenario, faults: faults.toSpliced(from, length) };
    }
  }
}
