import type { ProcessTime } from "../thread/process-time.js";
import type { TimerQueue } from "../thread/timer-queue.js";

/** What the replacements ask instead of the system. */
export interface Stage {
  readonly time: ProcessTime;
  readonly timers: TimerQueue;
  /** Fills the bytes with what the process has for randomness. */
  readonly randomBytes: (bytes: Uint8Array) => void;
  /** What the monotonic clock and the wall clock showed when the process began. */
  readonly originMonotonicMs: number;
  readonly originWallMs: number;
}
