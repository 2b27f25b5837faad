import { ClockError, describeValue, LayoutError } from "./errors.js";
import { type Layout, tickAt } from "./layout.js";

/**
 * The tick of a clock's reading, 0 to `maxTick`.
 *
 * @throws ClockError `CLOCK_UNREADABLE` when the reading is no finite number
 * @throws LayoutError `EPOCH_IN_FUTURE` before the epoch, `LIFETIME_OVER` after the last tick
 */
export function tickOfReading(layout: Layout, readingMs: number): number {
  const tick = tickAt(layout, readingMs);
  if (tick >= 0 && tick <= layout.maxTick) return tick;
  if (!Number.isFinite(readingMs)) {
    throw new ClockError(
      "CLOCK_UNREADABLE",
      `Expected the clock to read a finite number of milliseconds, got ${describeValue(readingMs)}.`,
    );
  }
  if (tick < 0) {
    throw new LayoutError(
      "EPOCH_IN_FUTURE",
      `Expected a time at or after the epoch ${layout.epochMs} (Unix ms), got ${readingMs}. Correct the clock or the epoch.`,
    );
  }
  throw new LayoutError(
    "LIFETIME_OVER",
    `Expected a time before ${layout.lifetimeEndMs} (Unix ms), the end of the ${layout.timestampBits}-bit timestamp ` +
      `section, got ${readingMs}. Take a layout with a later epoch or more timestamp bits.`,
  );
}
