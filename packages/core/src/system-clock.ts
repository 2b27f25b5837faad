import type { Clock } from "./clock.js";
import { describeValue, ShardflakeError } from "./errors.js";

/** Node and browsers both have it; declared here because the core is compiled against neither. */
declare const performance: { now(): number };

/** Nobody else can reach it, so waiting on it always ends by time-out. Made at the first sleep: not every page may. */
let neverNotified: Int32Array<SharedArrayBuffer> | undefined;

/**
 * The real clock: `Date.now`, `performance.now`, and a sleep that blocks in `Atomics.wait` and burns no processor time.
 *
 * `sleep` returns at once for 0 or less, and throws ShardflakeError `CANNOT_BLOCK` where the thread may not block (the
 * main thread of a browser, a page without cross-origin isolation), `SLEEP_INVALID` for what is no finite number.
 */
export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms: number): void => {
    // Atomics.wait reads NaN as "for ever" (ECMA-262, DoWait).
    if (!Number.isFinite(ms)) {
      throw new ShardflakeError(
        "SLEEP_INVALID",
        `Expected to sleep for a finite number of milliseconds, got ${describeValue(ms)}. Check what it was computed from.`,
      );
    }
    if (ms <= 0) return;
    try {
      neverNotified ??= new Int32Array(new SharedArrayBuffer(4));
      Atomics.wait(neverNotified, 0, 0, ms);
    } catch (cause) {
      throw new ShardflakeError(
        "CANNOT_BLOCK",
        "Expected a thread that may block, got one that may not (a browser's main thread, or a page without " +
          "cross-origin isolation). Wait without blocking: `nextAsync()` or `tryNext()`, or move the work to a worker.",
        { cause },
      );
    }
  },
});
