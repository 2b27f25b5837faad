/** How fast a keeper moves, all in milliseconds and all following from its window. */
export interface Pace {
  readonly windowMs: number;
  /** From the start of one renewal to the next, at most. */
  readonly renewMs: number;
  /** An answer that takes longer counts as lost. */
  readonly answerMs: number;
  /** First and longest pause after a failure. */
  readonly leastRetryMs: number;
  readonly mostRetryMs: number;
  /** Between two looks at registers that are all claimed. */
  readonly pollMs: number;
  /** How long a release, or an adjustment by hand, is tried. */
  readonly releaseMs: number;
}

/** Bounds of a window. Below about 500 ms an ordinary pause of a busy host costs leases. */
export const MIN_WINDOW_MS = 10;
export const MAX_WINDOW_MS: number = 24 * 3_600_000;

/**
 * When a renewal starts, 2/3 of a window are left. An outage of half a window leaves 1/6, in which a hung answer must be
 * given up (1/9) and the longest pause must pass (1/24).
 */
export function paceOf(windowMs: number): Pace {
  return {
    windowMs,
    renewMs: windowMs / 3,
    answerMs: Math.max(50, windowMs / 9),
    leastRetryMs: Math.max(2, windowMs / 600),
    mostRetryMs: windowMs / 24,
    pollMs: Math.min(250, windowMs / 24),
    releaseMs: Math.min(1200, windowMs / 4),
  };
}

/** Pause before the next attempt, after `failures` in a row (at least 1): at random in the upper half of its bound. */
export function retryDelayMs(pace: Pace, failures: number, chance: number): number {
  const mostMs = Math.min(pace.mostRetryMs, pace.leastRetryMs * 2 ** Math.min(failures - 1, 20));
  return mostMs * (1 - chance / 2);
}
