import { ShardflakeError } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatScenario, parseScenario } from "../../src/scenario/parse-scenario.js";
import { anyScenario } from "./arbitraries.js";

const STEP = { kind: "step", atMs: 1, forMs: 0, on: "one", byMs: -5 };
const LEAST = { format: 1, seed: 1, durationMs: 1000, shards: 2, faults: [STEP] };

function refusal(value: unknown): { readonly code: string; readonly message: string } {
  try {
    parseScenario(value);
  } catch (error) {
    if (error instanceof ShardflakeError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("Expected a refusal.");
}

describe("parseScenario", () => {
  test("what is written reads back the same", () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        expect(parseScenario(JSON.parse(formatScenario(scenario)))).toEqual(scenario);
      }),
    );
  });

  test("what may be left out is completed", () => {
    const scenario = parseScenario(LEAST);
    expect(scenario.layout).toMatchObject({ timestampBits: 41, sequenceBits: 12, tickMs: 1 });
    expect(scenario.windowMs).toBe(6000);
    expect(scenario.load.kind).toBe("steady");
    expect(scenario.bounds.served).toBeGreaterThan(0);
    expect(new Date(scenario.startMs).toISOString()).toMatch(/T00:00:00/);
  });

  test("a newer format is refused as such, whatever else it holds", () => {
    expect(refusal({ format: 2, novelty: true }).code).toBe("SCENARIO_FORMAT_NEWER");
    expect(refusal({ format: "2" }).code).toBe("SCENARIO_INVALID");
  });

  test.each([
    ["scenario", 17],
    ["scenario", null],
    ["seed", { ...LEAST, seed: -1 }],
    ["seed", { ...LEAST, seed: 2 ** 32 }],
    ["durationMs", { ...LEAST, durationMs: "10s" }],
    ["durationMs", { ...LEAST, durationMs: Number.NaN }],
    ["durationMs", { ...LEAST, durationMs: Number.POSITIVE_INFINITY }],
    ["shards", { ...LEAST, shards: 0 }],
    ["shards", { ...LEAST, shards: 1025 }],
    ["startMs", { ...LEAST, startMs: 0 }],
    ["surprise", { ...LEAST, surprise: 1 }],
    ["layout", { ...LEAST, layout: { timestampBits: 53, sequenceBits: 32 } }],
    ["layout.tickMs", { ...LEAST, layout: { tickMs: 0 } }],
    ["layout.ticks", { ...LEAST, layout: { ticks: 0 } }],
    ["load.kind", { ...LEAST, load: { kind: "wavy" } }],
    ["load.ids", { ...LEAST, load: { kind: "burst", ids: 1.5, everyMs: 10 } }],
    ["bounds.served", { ...LEAST, bounds: { stallMs: 1, served: 2, recoveryMs: 1 } }],
    ["bounds.recoveryMs", { ...LEAST, bounds: { stallMs: 1, served: 1 } }],
    ["faults", { ...LEAST, faults: {} }],
    ["faults[1].kind", { ...LEAST, faults: [STEP, { ...STEP, kind: "stumble" }] }],
    ["faults[0].byMs", { ...LEAST, faults: [{ ...STEP, byMs: null }] }],
    ["faults[0].by", { ...LEAST, faults: [{ ...STEP, by: 3 }] }],
    ["faults[0].forMs", { ...LEAST, faults: [{ ...STEP, forMs: 3 }] }],
    ["faults[0].atMs", { ...LEAST, faults: [{ ...STEP, atMs: 1000 }] }],
    ["faults[0].on", { ...LEAST, faults: [{ ...STEP, on: "few" }] }],
    ["faults[0].on", { ...LEAST, faults: [{ ...STEP, on: [] }] }],
    ["faults[0].on", { ...LEAST, faults: [{ ...STEP, on: [1, 1] }] }],
    ["faults[0].on[1]", { ...LEAST, faults: [{ ...STEP, on: [0, 2] }] }],
    ["faults[0].pollMs", { ...LEAST, faults: [{ kind: "daemon", atMs: 0, forMs: 1, on: "all", daemon: "ntpd" }] }],
    ["faults[0].daemon", { ...LEAST, faults: [{ kind: "daemon", atMs: 0, forMs: 1, on: "all", daemon: "ptp" }] }],
    [
      "faults[0].delayMs",
      { ...LEAST, faults: [{ kind: "store", atMs: 0, forMs: 1, on: "all", trouble: "slow", delayMs: 0 }] },
    ],
  ])("the field at fault is named by its path: %s", (path, value) => {
    const { code, message } = refusal(value);
    expect(code).toBe("SCENARIO_INVALID");
    expect(message).toContain(`\`${path}\``);
  });

  test("the message says what was expected and what was got", () => {
    expect(refusal({ ...LEAST, seed: -1 }).message).toBe(
      "Expected `seed` to be an integer from 0 to 4294967295, got -1. Correct the scenario.",
    );
    expect(refusal({ ...LEAST, faults: [{ ...STEP, kind: "restart", exit: "bang" }] }).message).toContain(
      '`faults[0].exit` to be "kill" or "release", got "bang"',
    );
  });
});
