import type { Fault } from "../../src/scenario/fault.js";
import { type ShardTime, shardTime } from "../../src/time/shard-time.js";
import { scenarioOf } from "../scenario/arbitraries.js";

/** How long the scenarios of these tests last. */
export const END_MS = 3_600_000;

/** The one shard's clocks under these faults. */
export class Readings {
  readonly time: ShardTime;
  readonly startMs: number;

  constructor(faults: readonly Fault[], copy: "original" | "clone" = "original") {
    const scenario = scenarioOf(faults);
    this.time = shardTime(scenario, 0, copy);
    this.startMs = scenario.startMs;
  }

  /** How far the wall clock is from true time. */
  errorMs(trueMs: number): number {
    return this.time.wallMs(trueMs) - this.startMs - trueMs;
  }

  /** How much the wall clock runs too fast between two times, as a ratio. */
  wallRate(fromMs: number, toMs: number): number {
    return (this.errorMs(toMs) - this.errorMs(fromMs)) / (toMs - fromMs);
  }

  monotonicSpanMs(fromMs: number, toMs: number): number {
    return this.time.monotonicMs(toMs) - this.time.monotonicMs(fromMs);
  }
}
