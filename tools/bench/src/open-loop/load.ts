import { build } from "hdr-histogram-js";

export const PERCENTILES = [50, 90, 99, 99.9, 99.99] as const;

/** How late calls were done, in milliseconds after they were due. */
export interface Lateness {
  /** One for each of {@link PERCENTILES}. */
  readonly percentilesMs: readonly number[];
  readonly longestMs: number;
}

/** How often is called, and how long. */
export interface Load {
  /** Calls a second. */
  readonly rate: number;
  /** How much of the same load goes before, not counted: code that is still being compiled stalls, and this loop is. */
  readonly warmUpMs: number;
  readonly forMs: number;
}

/**
 * Calls at fixed times, whether or not the call before is done, and measures from when each was due, so that a stall is
 * felt by everybody who waits behind it.
 *
 * @param onWarm called when the warm-up is over
 */
export function runOpenLoop(call: () => unknown, { rate, warmUpMs, forMs }: Load, onWarm: () => void): Lateness {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 1e11,
    numberOfSignificantValueDigits: 3,
  });
  const gapUs = 1e6 / rate;
  const counted = Math.round((rate * warmUpMs) / 1000);
  const calls = counted + Math.round((rate * forMs) / 1000);
  // Taken apart where it is read: this clock then allocates nothing, where performance.now() filled the young generation
  // eighty times a second. In microseconds with their fractions: whole nanoseconds leave the 31 bits of a small integer
  // after two seconds, and the loop was compiled anew then, in every round.
  const [startSeconds, startNs] = process.hrtime();
  const startUs = startNs / 1000;
  // One loop for both: called a second time, it would be compiled anew.
  for (let index = 0; index < calls; index++) {
    if (index === counted) {
      onWarm();
      histogram.reset();
    }
    const dueUs = startUs + index * gapUs;
    let nowUs: number;
    do {
      const [seconds, ns] = process.hrtime();
      nowUs = (seconds - startSeconds) * 1e6 + ns / 1000;
    } while (nowUs < dueUs);
    call();
    const [seconds, ns] = process.hrtime();
    const lateUs = (seconds - startSeconds) * 1e6 + ns / 1000 - dueUs;
    histogram.recordValue(Math.max(1, Math.round(lateUs * 1000)));
  }
  return {
    percentilesMs: PERCENTILES.map((percentile) => histogram.getValueAtPercentile(percentile) / 1e6),
    longestMs: histogram.maxValue / 1e6,
  };
}
