import { parseScenario, type Scenario, simulatePool } from "@shardflake/simulator";
import { describe, expect, it } from "vitest";
import { forgetfulStore } from "./forgetful-store.mjs";

const BASE = {
  format: 1,
  seed: 1,
  startMs: 1_800_000_000_000,
  durationMs: 1200,
  shards: 2,
  layout: { timestampBits: 41, datacenterBits: 0, machineBits: 1, sequenceBits: 6, epoch: 1_700_000_000_000 },
  windowMs: 600,
  load: { kind: "saturating" },
  bounds: { stallMs: 10_000, served: 0, recoveryMs: 10_000 },
};

const scenario = (faults: readonly object[]): Scenario => parseScenario({ ...BASE, faults });

describe("the pool world", () => {
  it("steps, pauses and kills the threads of a busy pool, sees all of it, and finds nothing wrong", async () => {
    const outcome = await simulatePool(
      scenario([
        { kind: "step", atMs: 200, forMs: 0, on: [0], byMs: -150 },
        { kind: "pause", atMs: 400, forMs: 100, on: [1] },
        { kind: "restart", atMs: 600, forMs: 50, on: [0], exit: "kill", clockBehindMs: 80 },
        { kind: "store", atMs: 100, forMs: 250, on: "all", trouble: "answers-lost", delayMs: 0 },
      ]),
    );
    expect(outcome.violations).toEqual([]);
    expect(outcome).toMatchObject({ verdict: "pass", traceHash: null });
    expect(outcome.issued).toBeGreaterThan(10_000);
  }, 30_000);

  it("finds the IDs that a killed shard repeats when the store forgets what was spent and its clock is behind", async () => {
    const outcome = await simulatePool(
      {
        ...scenario([{ kind: "restart", atMs: 1000, forMs: 0, on: "all", exit: "kill", clockBehindMs: 900 }]),
        durationMs: 2500,
      },
      { store: forgetfulStore },
    );
    expect(outcome.verdict).toBe("fail");
    const failed = outcome.invariants.filter(({ verdict }) => verdict === "fail").map(({ name }) => name);
    expect(failed).toContain("unique");
    expect(failed).toContain("windows");
  }, 30_000);

  it("is unknown when it is ended early", async () => {
    const ending = new AbortController();
    const options = { signal: ending.signal, onProgress: (trueMs: number) => void (trueMs > 200 && ending.abort()) };
    expect((await simulatePool(scenario([]), options)).verdict).toBe("unknown");
  }, 30_000);

  it("refuses copies of processes, which threads cannot be", async () => {
    const copied = scenario([{ kind: "clone", atMs: 200, forMs: 300, on: "one", rewindMs: 0 }]);
    await expect(simulatePool(copied)).rejects.toMatchObject({ code: "SCENARIO_UNSUPPORTED" });
  });
});
