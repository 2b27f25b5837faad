import { type Clock, ClockError, steadyClock } from "@shardflake/core";

/**
 * Reads the clock that issues on this host: steady, as the generators read theirs, so that windows go where generators
 * go after a step back. Where the steady clock refuses, the generators do too; the claims are renewed all the same, by
 * the wall clock or by its last reading.
 *
 * @returns a function that gives Unix milliseconds, always finite
 * @throws ClockError when there is no first reading
 */
export function clockReading(clock: Clock): () => number {
  const steady = steadyClock(clock);
  let latestMs = steady.now();
  return () => {
    try {
      latestMs = steady.now();
    } catch (error) {
      if (!(error instanceof ClockError)) throw error;
      const wallMs = clock.now();
      if (Number.isFinite(wallMs)) latestMs = wallMs;
    }
    return latestMs;
  };
}
