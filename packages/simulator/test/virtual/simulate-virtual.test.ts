import { describe, expect, test } from "vitest";
import { profileScenario } from "../../src/profiles/profile-scenario.js";
import type { RunOptions } from "../../src/run/runner.js";
import type { Fault } from "../../src/scenario/fault.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { type Build, OURS } from "../../src/virtual/build.js";
import { simulateVirtual } from "../../src/virtual/simulate-virtual.js";
import { Ledger } from "./ledger.js";
import { scenarioOf, steady } from "./scenarios.js";

const OPTIONS: RunOptions = { signal: new AbortController().signal, onProgress: () => {}, observers: [] };
const PAUSE: Fault = { kind: "pause", atMs: 5000, forMs: 1000, on: "all" };

describe("the verdict of a run", () => {
  test("pass: every invariant holds and every fault was seen", () => {
    const outcome = simulateVirtual(scenarioOf({}, steady(100), [PAUSE]), OPTIONS);
    expect(outcome.verdict).toBe("pass");
    expect(outcome.issued).toBe(2000);
    expect(outcome.violations).toEqual([]);
  });

  test("unknown: a fault that nobody saw", () => {
    const unseen: Fault = { kind: "store", atMs: 5000, forMs: 1, on: "all", trouble: "down", delayMs: 0 };
    expect(simulateVirtual(scenarioOf({}, steady(100), [PAUSE, unseen]), OPTIONS).verdict).toBe("unknown");
  });

  test("unknown: the run was ended early", () => {
    const signal = AbortSignal.abort();
    const outcome = simulateVirtual(scenarioOf({ durationMs: 3_600_000 }, steady(1000), []), { ...OPTIONS, signal });
    expect(outcome.verdict).toBe("unknown");
    expect(outcome.issued).toBeLessThan(1_000_000);
  });

  test("fail: also where a fault was not seen and the run was ended early", () => {
    const unseen: Fault = { ...PAUSE, atMs: 3_500_000 };
    const scenario = scenarioOf({ durationMs: 3_600_000 }, steady(1000), [unseen]);
    const outcome = simulateVirtual(scenario, { ...OPTIONS, signal: AbortSignal.abort() }, REPEATING);
    expect(outcome.verdict).toBe("fail");
    expect(outcome.violations[0]?.invariant).toBe("unique");
  });
});

test("the observers are told what the checks are told", () => {
  const scenario: Scenario = profileScenario("hostile", 3, { world: "virtual", durationMs: 60_000 });
  const ledgers = [new Ledger(scenario), new Ledger(scenario)];
  const outcome = simulateVirtual(scenario, { ...OPTIONS, observers: ledgers });
  for (const ledger of ledgers) {
    expect(ledger.ids.length).toBe(outcome.issued);
    expect(ledger.hash.digest()).toBe(outcome.traceHash);
  }
});

/** Issues every ID twice. */
const REPEATING: Build = {
  ...OURS,
  generator: (options) => {
    const generator = OURS.generator(options);
    let again: bigint | undefined;
    return {
      get lastTick() {
        return generator.lastTick;
      },
      reserve: (count, sinceMs) => generator.reserve(count, sinceMs),
      tryNext: () => {
        const id = again ?? generator.tryNext();
        again = again === undefined ? id : undefined;
        return id;
      },
    };
  },
};
