import type { ClockSpec } from "../clock-spec.js";

/** What can be asked of a shard's thread between its tasks. */
export interface ShardControl {
  /** Counters of the thread's clock. */
  inspect(): Promise<ShardInspection>;
  /** Puts another clock behind the shard; what it issued stays below what it will issue. */
  swapClock(spec: ClockSpec | null): Promise<void>;
}

/** What a shard's thread tells of itself between two tasks. */
export interface ShardInspection {
  /** Reading of the issuing clock, Unix milliseconds. */
  readonly nowMs: number;
  /** Steps back that the clock absorbed. */
  readonly stepsSeen: number;
  /** Requests that are not done. */
  readonly openRequests: number;
}
