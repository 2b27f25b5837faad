import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interruptionsOf } from "../../src/scenario/interruptions.js";
import { anyScenario, scenarioOf } from "./arbitraries.js";

const EVERYWHERE = { on: "all" } as const;
const AFTER_A_SECOND = { atMs: 1000, forMs: 500, ...EVERYWHERE };

describe("interruptionsOf", () => {
  test("each fault of a process or its store becomes what a world must do", () => {
    const scenario = scenarioOf([
      { kind: "store", ...AFTER_A_SECOND, trouble: "slow", delayMs: 40 },
      { kind: "step", atMs: 10, forMs: 0, ...EVERYWHERE, byMs: -5 },
      { kind: "restart", atMs: 900, forMs: 0, ...EVERYWHERE, exit: "kill", clockBehindMs: 5 },
      { kind: "suspend", ...AFTER_A_SECOND, wall: "jumps" },
      { kind: "migration", ...AFTER_A_SECOND, behindMs: 5, monotonic: "stops" },
      { kind: "pause", ...AFTER_A_SECOND },
      { kind: "zombie", ...AFTER_A_SECOND, stepMs: 3 },
      { kind: "clone", ...AFTER_A_SECOND, rewindMs: 3 },
    ]);
    const span = { fromMs: 1000, toMs: 1500 };
    expect(interruptionsOf(scenario, 0)).toEqual([
      { kind: "restart", fault: 2, fromMs: 900, toMs: 900, exit: "kill" },
      { kind: "store", fault: 0, ...span, trouble: "slow", delayMs: 40 },
      { kind: "pause", fault: 3, ...span, of: "host" },
      { kind: "pause", fault: 4, ...span, of: "host" },
      { kind: "pause", fault: 5, ...span, of: "process" },
      { kind: "zombie", fault: 6, ...span },
      { kind: "clone", fault: 7, ...span },
    ]);
  });

  test("they come in the order in which they begin, and only to the shards that are hit", () => {
    fc.assert(
      fc.property(anyScenario, ({ faults }) => {
        const scenario = scenarioOf(
          faults.map((fault) => ({ ...fault, on: [1] })),
          { shards: 2 },
        );
        expect(interruptionsOf(scenario, 0)).toEqual([]);
        const begins = interruptionsOf(scenario, 1).map(({ fromMs }) => fromMs);
        expect(begins).toEqual(begins.toSorted((a, b) => a - b));
      }),
    );
  });
});
