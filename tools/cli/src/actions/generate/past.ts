import { type Layout, tickAt } from "@shardflake/core";
import { InputError } from "../../input-error.js";
import type { Period } from "../../values/period.js";

/**
 * Refuses what no backfill can give IDs for, before a pool leases anything for it.
 *
 * @throws InputError `PERIOD_INVALID` outside the layout's lifetime, `BACKFILL_FUTURE` after now
 */
export function checkPeriodIsPast(layout: Layout, { fromMs, toMs }: Period, nowMs: number): void {
  checkIsInLife(layout, "--from", fromMs, layout.lifetimeEndMs - 1);
  checkIsInLife(layout, "--to", toMs, layout.lifetimeEndMs);
  const lastTick = Math.ceil((toMs - layout.epochMs) / layout.tickMs) - 1;
  if (lastTick > tickAt(layout, nowMs)) throw future("--to", toMs, nowMs);
}

/** The same for rows, each with a time of its own. @throws as {@link checkPeriodIsPast} */
export function checkRowsArePast(layout: Layout, timesMs: Float64Array, nowMs: number): void {
  const nowTick = tickAt(layout, nowMs);
  timesMs.forEach((timeMs, row) => {
    checkIsInLife(layout, `the time of row ${row + 1}`, timeMs, layout.lifetimeEndMs - 1);
    if (tickAt(layout, timeMs) > nowTick) throw future(`the time of row ${row + 1}`, timeMs, nowMs);
  });
}

/** The tick that starts with the epoch is never issued. */
function checkIsInLife({ epochMs, lifetimeEndMs }: Layout, name: string, timeMs: number, mostMs: number): void {
  if (timeMs > epochMs && timeMs <= mostMs) return;
  throw new InputError(
    "PERIOD_INVALID",
    `Expected ${name} to be after the layout's epoch ${isoOf(epochMs)} and before the end of its lifetime ` +
      `${isoOf(lifetimeEndMs)}, got ${isoOf(timeMs)}.`,
  );
}

function future(name: string, timeMs: number, nowMs: number): InputError {
  return new InputError(
    "BACKFILL_FUTURE",
    `Expected ${name} to be at most now, ${isoOf(nowMs)}, got ${isoOf(timeMs)}. Only past periods can be backfilled.`,
  );
}

/** ISO 8601, or Unix milliseconds where a Date cannot express the time. */
function isoOf(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : `Unix millisecond ${ms}`;
}
