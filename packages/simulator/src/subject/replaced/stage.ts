import type { ProcessTime } from "../thread/process-time.js";
import type { TimerQueue } from "../thread/timer-queue.js";

/** Whose turn it is: the replacements are made once in a thread, the processes of a subject follow one another. */
export interface Stage {
  time: ProcessTime;
  timers: TimerQueue;
  /** Fills the bytes with what the process has for randomness. */
  randomBytes: (bytes: Uint8Array) => void;
  /** What the monotonic clock and the wall clock showed when the process began. */
  originMonotonicMs: number;
  originWallMs: number;
}
