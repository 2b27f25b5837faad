/**
 * Something that tells wall time, tells monotonic time, and can sleep. Always injected, so that whoever tests or
 * simulates decides what time it is.
 */
export interface Clock {
  /** Wall time in Unix milliseconds. */
  now(): number;
  /** Milliseconds since some fixed point; never set by anybody. */
  monotonic(): number;
  /**
   * Blocks this thread for about `ms` milliseconds. A clock that cannot block throws `CANNOT_BLOCK`
   * (a browser's main thread, for instance).
   */
  sleep(ms: number): void;
}
