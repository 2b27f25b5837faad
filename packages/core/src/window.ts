import { describeValue, ShardflakeError } from "./errors.js";

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

/** Tick 0 is never issued, so no floor is lower. */
export function checkFloor(floor: unknown): number {
  if (typeof floor === "number" && Number.isSafeInteger(floor) && floor >= 0) return floor;
  throw new ShardflakeError(
    "OPTION_INVALID",
    `Expected the window's \`floor\` to be a tick, 0 or more, got ${describeValue(floor)}.`,
  );
}
