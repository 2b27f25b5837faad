import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyObservations } from "./arbitraries.js";
import type { Observation } from "./observations.js";
import { judge } from "./oracle.js";
import { countOf, resultOf, verdictOn } from "./verdicts.js";

const INVARIANTS = ["unique", "monotonic", "ordered", "fidelity", "capacity", "layout", "windows"] as const;

function oneByOne(observations: readonly Observation[]): Observation[] {
  return observations.flatMap((observation): Observation[] => {
    if (observation.kind !== "issued") return [observation];
    return Array.from({ length: observation.count }, (_, index) => ({
      ...observation,
      id: BigInt.asUintN(64, observation.id + BigInt(index)),
      count: 1,
    }));
  });
}

describe("whatever is told", () => {
  test("the checks come to what the comparison of every ID with every earlier one comes to", () => {
    fc.assert(
      fc.property(anyObservations, ({ layout, observations }) => {
        const result = resultOf(layout, observations);
        const { counts, kRadius, largestInversionMs } = judge(layout, observations);
        for (const name of INVARIANTS) {
          expect([name, verdictOn(result, name)]).toEqual([name, (counts[name] ?? 0) > 0 ? "fail" : "pass"]);
          expect([name, countOf(result, name)]).toEqual([name, counts[name] ?? 0]);
        }
        expect(result.kRadius).toBe(kRadius);
        expect(result.largestInversionMs).toBe(largestInversionMs);
      }),
      { numRuns: 500 },
    );
  }, 30_000);

  test("a run of IDs comes to the same as its IDs one by one", () => {
    fc.assert(
      fc.property(anyObservations, ({ layout, observations }) => {
        const [inRuns, inOnes] = [resultOf(layout, observations), resultOf(layout, oneByOne(observations))];
        expect({ ...inOnes, stallMs: inRuns.stallMs, violations: [] }).toEqual({ ...inRuns, violations: [] });
      }),
      { numRuns: 300 },
    );
  }, 30_000);

  test("a subject without registers is held to all but the windows", () => {
    fc.assert(
      fc.property(anyObservations, ({ layout, observations }) => {
        const plain = resultOf(layout, observations, { kind: "plain" });
        const windowed = resultOf(layout, observations);
        const invariants = windowed.invariants.filter(({ name }) => name !== "windows");
        const violations = windowed.violations.filter(({ invariant }) => invariant !== "windows");
        expect(plain).toEqual({ ...windowed, invariants, violations });
      }),
      { numRuns: 300 },
    );
  }, 30_000);

  test("what is not remembered is undecided, never passed and never failed for nothing", () => {
    let undecided = 0;
    fc.assert(
      fc.property(anyObservations, fc.constantFrom(4, 8, 16), ({ layout, observations }, remembered) => {
        const result = resultOf(layout, observations, { kind: "windowed", remembered });
        const { counts } = judge(layout, observations);
        for (const name of INVARIANTS) {
          const verdict = verdictOn(result, name);
          if (verdict === "unknown") undecided++;
          else expect([name, verdict]).toEqual([name, (counts[name] ?? 0) > 0 ? "fail" : "pass"]);
          expect(countOf(result, name)).toBeLessThanOrEqual(counts[name] ?? 0);
        }
      }),
      { numRuns: 500 },
    );
    expect(undecided).toBeGreaterThan(0);
  }, 30_000);
});
