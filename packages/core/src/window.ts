/**
 * The ticks a generator may issue. Asked once a tick or reservation; only the floor is looked at for every ID.
 */
export interface Window {
  /**
   * Ticks at or below it were spent by a predecessor, or given up since: it may rise, and what a generator has left of a
   * tick is then not issued any more.
   */
  readonly floor: number;
  /**
   * Announces that ticks up to `tick` are about to be issued, and returns the highest tick that may be: `tick` itself,
   * or less where the window ends before it.
   * @throws whatever says that this window is lost for ever
   */
  admit(tick: number): number;
}

/** A window whose ends are known from the start, for a generator that needs no store. */
export function fixedWindow(floor = 0, limit: number = Number.POSITIVE_INFINITY): Window {
  return { floor, admit: (tick) => Math.min(tick, limit) };
}
