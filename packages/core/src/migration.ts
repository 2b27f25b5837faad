/**
 * Whether the IDs of a new layout can follow those of an old one in the same column. Apart from the rest, so that whoever
 * only issues IDs does not load it.
 */
import { type DecomposedId, decompose, type IdBounds } from "./codec.js";
import { describeValue, LayoutError, ShardflakeError } from "./errors.js";
import type { Layout } from "./layout.js";

/** Which IDs of the two layouts are compared. */
export type MigrationPeriod =
  /** All that either can ever make. */
  | { readonly kind: "lifetime" }
  /**
   * The old layout's until a moment, the new one's from then on. No clock that issues is further from true time than
   * `skewMs`; both in whole milliseconds.
   */
  | { readonly kind: "switch"; readonly atMs: number; readonly skewMs: number };

/** Two sets of IDs, each everything from its smallest to its largest, and how they lie. */
export type Migration = MigrationRanges &
  (
    | { readonly kind: "ordered" }
    /** Disjoint, but the new IDs are the smaller ones. */
    | { readonly kind: "reversed" }
    /** Both layouts can make this ID. */
    | { readonly kind: "colliding"; readonly id: bigint; readonly asFrom: DecomposedId; readonly asTo: DecomposedId }
  );

/** What is compared. */
export interface MigrationRanges {
  readonly from: IdBounds;
  readonly to: IdBounds;
}

/** Switches of which each is ordered, both ends inclusive, in Unix milliseconds. */
export interface OrderedSwitches {
  readonly earliestMs: number;
  readonly latestMs: number;
}

/**
 * Compares the IDs that `from` makes with those that `to` makes, all machine IDs and sequences of both, used or not. As
 * the tick is the topmost section, the IDs of consecutive ticks are consecutive numbers, so each set is an interval: two
 * comparisons prove them disjoint and ordered, and an overlap begins with an ID of both.
 *
 * @throws ShardflakeError `OPTION_INVALID` for a time or skew that is no whole number of milliseconds
 * @throws LayoutError `PERIOD_INVALID` when one of the layouts makes no ID on its side of the switch
 */
export function checkMigration(from: Layout, to: Layout, period: MigrationPeriod): Migration {
  const ranges = rangesOf(from, to, period);
  if (ranges.from.max < ranges.to.min) return { kind: "ordered", ...ranges };
  if (ranges.to.max < ranges.from.min) return { kind: "reversed", ...ranges };
  const id = ranges.from.min > ranges.to.min ? ranges.from.min : ranges.to.min;
  return { kind: "colliding", ...ranges, id, asFrom: decompose(from, id), asTo: decompose(to, id) };
}

/**
 * The switches between which every one is ordered, or `undefined` where there are none. Exact for ticks of 1 ms. With
 * longer ticks a few switches close to the ends are left out that fall together with the start of a tick.
 *
 * With A and B IDs a tick on all machine IDs, ticks of a and b ms, epochs e and f, and skew s, a switch at T is ordered
 * when ⌈(T + s − e) / a⌉ · A ≤ ⌊(T − s − f) / b⌋ · B. Without the rounding, which takes at most a − 1 and b − 1 ms, that is
 * a linear inequality in T.
 *
 * @throws ShardflakeError `OPTION_INVALID` for a skew that is no whole number of milliseconds
 */
export function orderedSwitches(from: Layout, to: Layout, skewMs: number): OrderedSwitches | undefined {
  checkMs("skewMs", skewMs, 0);
  // The old layout has made an ID by then, and the new one makes them.
  const earliestMs = Math.max(from.epochMs + from.tickMs + 1 - skewMs, to.epochMs + to.tickMs + skewMs);
  const latestMs = to.lifetimeEndMs - 1;
  const fromWeight = idsOfTick(from) * BigInt(to.tickMs);
  const toWeight = idsOfTick(to) * BigInt(from.tickMs);
  const slope = toWeight - fromWeight;
  const least =
    BigInt(skewMs + to.epochMs + to.tickMs - 1) * toWeight +
    BigInt(skewMs - from.epochMs + from.tickMs - 1) * fromWeight;
  if (slope === 0n) return least <= 0n ? spanOf(earliestMs, latestMs) : undefined;
  // Dividing by a negative slope turns the inequality round; either way the bound is rounded into the span.
  if (slope > 0n) return spanOf(Math.max(earliestMs, Number(-floorDivide(-least, slope))), latestMs);
  return spanOf(earliestMs, Math.min(latestMs, Number(floorDivide(-least, -slope))));
}

function rangesOf(from: Layout, to: Layout, period: MigrationPeriod): MigrationRanges {
  if (period.kind === "lifetime") {
    return { from: rangeOf(from, 1, from.maxTick), to: rangeOf(to, 1, to.maxTick) };
  }
  const { atMs, skewMs } = period;
  checkMs("atMs", atMs, -Number.MAX_SAFE_INTEGER);
  checkMs("skewMs", skewMs, 0);
  // The last tick that starts before the moment, on a clock that is fast, and the tick that contains it, on a slow one.
  const last = Math.ceil((atMs + skewMs - from.epochMs) / from.tickMs) - 1;
  const first = Math.floor((atMs - skewMs - to.epochMs) / to.tickMs);
  if (last < 1) throw makesNothing("old", "before", from, atMs);
  if (first > to.maxTick) throw makesNothing("new", "from", to, atMs);
  return {
    from: rangeOf(from, 1, Math.min(last, from.maxTick)),
    to: rangeOf(to, Math.max(first, 1), to.maxTick),
  };
}

/** All IDs of some ticks, on all machine IDs. Tick 0 is never issued. */
function rangeOf(layout: Layout, firstTick: number, lastTick: number): IdBounds {
  const size = idsOfTick(layout);
  return { min: BigInt(firstTick) * size, max: BigInt(lastTick + 1) * size - 1n };
}

function idsOfTick({ machines, idsPerTick }: Layout): bigint {
  return BigInt(machines) * BigInt(idsPerTick);
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

function spanOf(earliestMs: number, latestMs: number): OrderedSwitches | undefined {
  return earliestMs <= latestMs ? { earliestMs, latestMs } : undefined;
}

function makesNothing(which: string, side: string, layout: Layout, atMs: number): LayoutError {
  return new LayoutError(
    "PERIOD_INVALID",
    `Expected a switch ${side} which the ${which} layout makes IDs (it does from Unix millisecond ` +
      `${layout.epochMs + layout.tickMs} up to ${layout.lifetimeEndMs}), got ${atMs}. Switch within its lifetime.`,
  );
}

function checkMs(name: string, value: unknown, least: number): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return;
  throw new ShardflakeError(
    "OPTION_INVALID",
    `Expected \`${name}\` to be whole milliseconds from ${least}, got ${describeValue(value)}.`,
  );
}
