import type { Layout } from "@shardflake/core";
import { type Fault, SCENARIO_FORMAT, type Scenario } from "../../src/index.js";

/** A scenario that starts at the layout's epoch. */
export function scenarioOf(layout: Layout, faults: readonly Fault[] = []): Scenario {
  const { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs, epochMs } = layout;
  return {
    format: SCENARIO_FORMAT,
    seed: 1,
    startMs: epochMs,
    durationMs: 60_000,
    shards: 2,
    layout: { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs, epoch: epochMs },
    windowMs: 6000,
    load: { kind: "steady", idsPerSecond: 100 },
    faults,
    bounds: { stallMs: 1000, served: 0.5, recoveryMs: 1000 },
  };
}
