import fc from "fast-check";
import { expect, test } from "vitest";
import { type CheckResult, createChecks } from "../../src/index.js";
import { anyObservations } from "./arbitraries.js";
import { tell } from "./observations.js";
import { judge } from "./oracle.js";
import { scenarioOf } from "./scenario.js";

const INVARIANTS = ["unique", "monotonic", "ordered", "fidelity", "capacity", "layout", "windows"] as const;

function countOf(result: CheckResult, name: (typeof INVARIANTS)[number]): number {
  return Number(/\d+/.exec(result.invariants.find((invariant) => invariant.name === name)!.figure)![0]);
}

test("comes to what the comparison of every ID with every earlier one comes to", () => {
  fc.assert(
    fc.property(anyObservations, ({ layout, observations }) => {
      const checks = createChecks(scenarioOf(layout), { kind: "windowed" });
      tell(checks, observations);
      const result = checks.result();
      const { counts, kRadius, largestInversionMs } = judge(layout, observations);
      for (const name of INVARIANTS) {
        const { verdict } = result.invariants.find((invariant) => invariant.name === name)!;
        expect([name, verdict]).toEqual([name, (counts[name] ?? 0) > 0 ? "fail" : "pass"]);
        expect([name, countOf(result, name)]).toEqual([name, counts[name] ?? 0]);
      }
      expect(result.kRadius).toBe(kRadius);
      expect(result.largestInversionMs).toBe(largestInversionMs);
    }),
    { numRuns: 500 },
  );
}, 30_000);
