import { describe, expect, it } from "vitest";
import type { Ran } from "../../src/run/run-messages.js";
import { scenarioFrom } from "../../src/run/scenario-source.js";
import type { Fault } from "../../src/scenario/fault.js";
import { type SearchOptions, search } from "../../src/search/search.js";
import { shrink } from "../../src/search/shrink/shrink.js";
import { ranWith, restartAfterStep, scenarioWith } from "./planted.js";

const never = new AbortController().signal;
const step: Fault = { kind: "step", atMs: 1000, forMs: 0, on: "one", byMs: -5000 };
const restart: Fault = { kind: "restart", atMs: 2000, forMs: 10, on: "one", exit: "kill", clockBehindMs: 0 };

/** Scenarios of which every hundredth has the two faults that a planted bug needs, and the others a pause and a restart. */
const sourceOf: SearchOptions["sourceOf"] = (seed) => {
  const other: Fault = { kind: "pause", atMs: 1000, forMs: 5, on: "one" };
  return { kind: "given", scenario: scenarioWith([seed % 100 === 99 ? step : other, restart], { seed }) };
};

const options: SearchOptions = {
  sourceOf,
  firstSeed: 0,
  mostSeeds: Number.POSITIVE_INFINITY,
  run: async (source) => ranWith(restartAfterStep, scenarioFrom(source)),
  width: 3,
  budget: never,
  signal: never,
};

describe("a search", () => {
  it("finds the planted bug, and runs every seed before it once", async () => {
    const seeds: number[] = [];
    const run: SearchOptions["run"] = async (source) => {
      const scenario = scenarioFrom(source);
      seeds.push(scenario.seed);
      return ranWith(restartAfterStep, scenario);
    };
    const result = await search({ ...options, firstSeed: 40, run });
    expect(result).toMatchObject({ kind: "found", ran: { outcome: { verdict: "fail", scenario: { seed: 99 } } } });
    expect(seeds.slice(0, 60)).toEqual(Array.from({ length: 60 }, (_, i) => 40 + i));
    expect(result.tally.coverage).toMatchObject({
      "fault:step": 1,
      "fault:pause": result.tally.runs - 1,
      "fault:restart": result.tally.runs,
    });
  });

  it("finds what shrinks to the two faults that the bug needs", async () => {
    const noise = (seed: number): Fault[] =>
      Array.from({ length: 20 }, (_, n) => ({ kind: "pause", atMs: 9000 * n + (seed % 100), forMs: 7, on: "all" }));
    const noisy: SearchOptions["sourceOf"] = (seed) => {
      const { faults } = scenarioFrom(sourceOf(seed));
      return { kind: "given", scenario: scenarioWith([...noise(seed), ...faults], { seed }) };
    };
    const result = await search({ ...options, sourceOf: noisy });
    expect(result.ran?.outcome.scenario.faults).toHaveLength(22);
    const shrunk = await shrink(result.ran!, { ...options, mostRuns: 1000, onProgress: () => {} });
    expect(shrunk).toMatchObject({ invariant: "unique", end: "minimal" });
    expect(shrunk.ran.outcome.scenario.faults.map(({ kind }) => kind)).toEqual(["step", "restart"]);
  });

  it("goes on with seed 0 after the last one", async () => {
    const result = await search({ ...options, firstSeed: 2 ** 32 - 2, width: 1 });
    expect(result).toMatchObject({ kind: "found", ran: { outcome: { scenario: { seed: 99 } } } });
  });

  it("ends with its seeds, and shows the passed run in which a request waited longest", async () => {
    const result = await search({ ...options, mostSeeds: 50 });
    expect(result).toMatchObject({ kind: "nothing", tally: { runs: 50, counted: 50, unknown: 0, issued: 5000 } });
    expect(result.ran?.outcome.stallMs.max).toBe(6);
  });

  it.each<[string, (ran: Ran) => Ran, { counted: number; unknown: number }]>([
    ["unknown", (ran) => withOutcome(ran, { verdict: "unknown" }), { counted: 0, unknown: 10 }],
    [
      "of less than a minute",
      (ran) => withOutcome(ran, { scenario: { ...ran.outcome.scenario, durationMs: 59_999 } }),
      { counted: 0, unknown: 0 },
    ],
    [
      "without a restart that was seen",
      (ran) => withOutcome(ran, { coverage: { "fault:pause": 1, "fault:step": 1 } }),
      { counted: 0, unknown: 0 },
    ],
    [
      "with one fault that was seen",
      (ran) => withOutcome(ran, { coverage: { "fault:restart": 1 } }),
      { counted: 0, unknown: 0 },
    ],
    ["with all of these", (ran) => ran, { counted: 10, unknown: 0 }],
  ])("a run %s", async (_name, change, expected) => {
    const run: SearchOptions["run"] = async (source) => change(ranWith(restartAfterStep, scenarioFrom(source)));
    const result = await search({ ...options, mostSeeds: 10, run });
    expect(result.tally).toMatchObject({ runs: 10, ...expected });
  });

  it("ends when the budget does: runs in the making are cut short and count for nothing", async () => {
    const budget = new AbortController();
    const run: SearchOptions["run"] = (source, signal) => {
      const scenario = scenarioFrom(source);
      if (scenario.seed < 20) return Promise.resolve(ranWith(restartAfterStep, scenario));
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        if (scenario.seed === 22) budget.abort();
      });
    };
    const result = await search({ ...options, run, budget: budget.signal });
    expect(result).toMatchObject({ kind: "nothing", tally: { runs: 20 } });
  });

  it("tells the other runs to stop once one has failed", async () => {
    const run: SearchOptions["run"] = (source, signal) => {
      const scenario = scenarioFrom(source);
      if (scenario.seed === 2) return Promise.resolve(ranWith(() => 1, scenario));
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    };
    expect(await search({ ...options, run })).toMatchObject({ kind: "found", tally: { runs: 1 } });
  });

  it("ends with the signal's reason, and with what a run throws", async () => {
    const signal = AbortSignal.abort(new Error("stopped"));
    const run = async (): Promise<Ran> => {
      throw new Error("broken");
    };
    await expect(search({ ...options, signal })).rejects.toThrow("stopped");
    await expect(search({ ...options, run })).rejects.toThrow("broken");
  });
});

function withOutcome(ran: Ran, change: Partial<Ran["outcome"]>): Ran {
  return { ...ran, outcome: { ...ran.outcome, ...change } };
}
