import { backlogOf, MOST_UTILISATION } from "../backlog.js";
import { boundBeyond, shareBeyond, waitOf } from "../wait.js";

/** The share of requests that may wait for longer. */
const LATE_SHARE = 0.01;
/** Relative precision of a limit. */
const PRECISION = 1e-6;

/** Whether 99 of 100 requests wait for at most so many ticks. */
export function servesLoad(meanPerTick: number, idsPerTick: number, mostWaitTicks: number): boolean {
  const wait = waitOf(meanPerTick, idsPerTick);
  return wait.kind === "stable" && wait.p99Ticks <= mostWaitTicks;
}

/**
 * The largest mean per tick at which they do, to a millionth. The bound, which takes no distribution, is a load that is
 * served for sure and not far off; from there false position finds the rest in a few steps (the Illinois method: M. Dowell,
 * P. Jarratt, "A modified regula falsi method for computing the root of an equation", 1971).
 */
export function mostMeanPerTick(idsPerTick: number, mostWaitTicks: number): number {
  const most = MOST_UTILISATION * idsPerTick;
  const excess = (mean: number): number => Math.log(shareLate(mean, idsPerTick, mostWaitTicks) / LATE_SHARE);
  let low = largestWithinBound(idsPerTick, mostWaitTicks);
  let excessLow = excess(low);
  let [high, excessHigh] = [low, excessLow];
  for (let reach = 0.05; excessHigh <= 0; reach *= 3) {
    if (high === most) return most;
    [low, excessLow] = [high, excessHigh];
    high = reach > 0.9 ? most : low + reach * (most - low);
    excessHigh = excess(high);
  }
  while (high - low > PRECISION * low) {
    const guess = low - (excessLow * (high - low)) / (excessHigh - excessLow);
    // A step beside the root by less than the precision brings the other end close, too.
    const middle = Math.min(high - 0.4 * PRECISION * low, Math.max(low + 0.4 * PRECISION * low, guess));
    const value = excess(middle);
    if (value <= 0) [low, excessLow, excessHigh] = [middle, value, excessHigh / 2];
    else [high, excessHigh, excessLow] = [middle, value, excessLow / 2];
  }
  return low;
}

function shareLate(meanPerTick: number, idsPerTick: number, mostWaitTicks: number): number {
  return shareBeyond(meanWait(meanPerTick, idsPerTick), meanPerTick, idsPerTick)(mostWaitTicks);
}

function largestWithinBound(idsPerTick: number, mostWaitTicks: number): number {
  let [within, beyond] = [0, MOST_UTILISATION * idsPerTick];
  while (beyond - within > PRECISION * beyond) {
    const middle = (within + beyond) / 2;
    const bound = boundBeyond(meanWait(middle, idsPerTick), middle, idsPerTick, mostWaitTicks);
    if (bound <= LATE_SHARE) within = middle;
    else beyond = middle;
  }
  return within;
}

function meanWait(meanPerTick: number, idsPerTick: number): number {
  const backlog = backlogOf(meanPerTick, idsPerTick);
  return backlog.kind === "stable" ? backlog.meanIds / meanPerTick : Number.POSITIVE_INFINITY;
}
