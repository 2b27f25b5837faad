import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ran } from "../../../src/run/run-messages.js";
import { scenarioFrom } from "../../../src/run/scenario-source.js";
import type { Fault } from "../../../src/scenario/fault.js";
import { parseScenario } from "../../../src/scenario/parse-scenario.js";
import { shrink } from "../../../src/search/shrink/shrink.js";
import { compareSizes, sizeOf } from "../../../src/search/shrink/size.js";
import { type Bug, ranWith, restartAfterStep, scenarioWith } from "../planted.js";

const never = new AbortController().signal;

async function shrunk(
  failed: Ran,
  bug: Bug,
  width = 1,
  mostRuns = 5000,
): Promise<{ ran: Ran; runs: number; end: string }> {
  return await shrink(failed, {
    run: async (source) => ranWith(bug, scenarioFrom(source)),
    width,
    mostRuns,
    budget: never,
    signal: never,
    onProgress: () => {},
  });
}

const place = {
  on: fc.constantFrom("one", "minority", "majority", "all", [0, 3], [5]),
  atMs: fc.integer({ min: 0, max: 3_599_999 }),
};
const lasting = { ...place, forMs: fc.integer({ min: 1, max: 10_000_000 }) };
const fault = fc.oneof(
  fc.record({
    kind: fc.constant("step"),
    ...place,
    forMs: fc.constant(0),
    byMs: fc.integer({ min: -288_000, max: 288_000 }),
  }),
  fc.record({ kind: fc.constant("pause"), ...lasting }),
  fc.record({
    kind: fc.constant("coarse"),
    ...lasting,
    granularityMs: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant("restart"),
    ...lasting,
    exit: fc.constantFrom("kill", "release"),
    clockBehindMs: fc.integer({ min: 0, max: 86_400_000 }),
  }),
) as fc.Arbitrary<Fault>;

/** Bugs that need different things of a scenario. */
const bugs: readonly Bug[] = [
  restartAfterStep,
  ({ faults }) => faults.find(({ kind, forMs }) => kind === "pause" && forMs > 777)?.atMs,
  ({ shards, durationMs }) => (shards >= 3 && durationMs >= 61_234 ? 61_234 : undefined),
  ({ faults }) => (faults.length >= 1 ? 12.5 : undefined),
];
const failing = fc
  .record({ bug: fc.constantFrom(...bugs), faults: fc.array(fault, { maxLength: 12 }), seed: fc.nat() })
  .map(({ bug, faults, seed }) => ({ bug, failed: ranWith(bug, scenarioWith(faults, { seed })) }))
  .filter(({ failed }) => failed.outcome.verdict === "fail");

describe("a shrunk scenario", () => {
  it("still breaks the invariant, is valid and no larger", async () => {
    await fc.assert(
      fc.asyncProperty(failing, async ({ bug, failed }) => {
        const { ran } = await shrunk(failed, bug);
        const { scenario, verdict } = ran.outcome;
        expect(verdict).toBe("fail");
        expect(bug(scenario)).toBeDefined();
        expect(parseScenario(scenario)).toEqual(scenario);
        expect(compareSizes(sizeOf(scenario), sizeOf(failed.outcome.scenario))).toBeLessThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });

  it("shrinks no further", async () => {
    await fc.assert(
      fc.asyncProperty(failing, async ({ bug, failed }) => {
        const once = await shrunk(failed, bug);
        const twice = await shrunk(once.ran, bug);
        expect(once.end).toBe("minimal");
        expect(twice.ran.outcome.scenario).toEqual(once.ran.outcome.scenario);
      }),
      { numRuns: 60 },
    );
  });

  it("is the same however many candidates are tried at once", async () => {
    await fc.assert(
      fc.asyncProperty(failing, fc.integer({ min: 2, max: 5 }), async ({ bug, failed }, width) => {
        const [alone, together] = [await shrunk(failed, bug), await shrunk(failed, bug, width)];
        expect(together.ran).toEqual(alone.ran);
      }),
      { numRuns: 30 },
    );
  });

  it("is two faults on one shard with round numbers where two are needed", async () => {
    const noise = Array.from(
      { length: 30 },
      (_, at): Fault => ({ kind: "pause", atMs: 90_000 * at, forMs: 777, on: "all" }),
    );
    const failed = ranWith(
      restartAfterStep,
      scenarioWith([
        ...noise.slice(0, 15),
        { kind: "step", atMs: 123_457, forMs: 0, on: "majority", byMs: -98_765 },
        ...noise.slice(15),
        { kind: "restart", atMs: 2_345_678, forMs: 4321, on: "minority", exit: "kill", clockBehindMs: 54_321 },
      ]),
    );
    const { ran } = await shrunk(failed, restartAfterStep);
    const { shards, faults, durationMs } = ran.outcome.scenario;
    expect(shards).toBe(1);
    expect(durationMs).toBeLessThan(1000);
    expect(faults).toMatchObject([
      { kind: "step", atMs: 0, byMs: -1000, on: [0] },
      { kind: "restart", forMs: 0, clockBehindMs: 0, on: [0] },
    ]);
  });

  it("keeps to its invariant where a smaller scenario breaks another one", async () => {
    const failed = ranWith(
      restartAfterStep,
      scenarioWith([
        { kind: "step", atMs: 1000, forMs: 0, on: "one", byMs: -5000 },
        { kind: "restart", atMs: 2000, forMs: 10, on: "one", exit: "kill", clockBehindMs: 0 },
      ]),
    );
    const { ran } = await shrink(failed, {
      run: async (source) => {
        const scenario = scenarioFrom(source);
        return scenario.faults.length < 2
          ? ranWith(() => 1, scenario, "available")
          : ranWith(restartAfterStep, scenario);
      },
      width: 1,
      mostRuns: 5000,
      budget: never,
      signal: never,
      onProgress: () => {},
    });
    expect(ran.outcome.invariants).toMatchObject([{ name: "unique", verdict: "fail" }]);
    expect(ran.outcome.scenario.faults).toHaveLength(2);
  });
});

describe("shrinking", () => {
  const failed = ranWith(
    restartAfterStep,
    scenarioWith([
      { kind: "step", atMs: 123_457, forMs: 0, on: "majority", byMs: -98_765 },
      { kind: "restart", atMs: 2_345_678, forMs: 4321, on: "minority", exit: "kill", clockBehindMs: 54_321 },
    ]),
  );

  it("runs no more often than it may", async () => {
    for (const mostRuns of [0, 1, 7, 20]) {
      const result = await shrunk(failed, restartAfterStep, 3, mostRuns);
      expect(result.runs).toBeLessThanOrEqual(mostRuns);
      expect(result.end).toBe("budget");
      expect(result.ran.outcome.verdict).toBe("fail");
    }
  });

  it("ends with what it has when its time is over, in the middle of a run", async () => {
    const budget = new AbortController();
    let runs = 0;
    const result = await shrink(failed, {
      run: async (source, signal) => {
        if (++runs < 40) return ranWith(restartAfterStep, scenarioFrom(source));
        budget.abort();
        throw signal.reason;
      },
      width: 1,
      mostRuns: 5000,
      budget: budget.signal,
      signal: never,
      onProgress: () => {},
    });
    expect(runs).toBe(40);
    expect(result.end).toBe("budget");
    expect(compareSizes(sizeOf(result.ran.outcome.scenario), sizeOf(failed.outcome.scenario))).toBeLessThan(0);
  });

  it("ends with the signal's reason, and with what a run throws", async () => {
    const options = { width: 2, mostRuns: 5000, budget: never, onProgress: () => {} };
    const signal = AbortSignal.abort(new Error("stopped"));
    const run = async (): Promise<Ran> => {
      throw new Error("broken");
    };
    await expect(shrink(failed, { ...options, run, signal })).rejects.toThrow("stopped");
    await expect(shrink(failed, { ...options, run, signal: never })).rejects.toThrow("broken");
  });
});
