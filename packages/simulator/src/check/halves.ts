/** Whether the ID of the first two halves is larger than that of the other two. All unsigned, or beyond every ID. */
export function isAbove(high: number, low: number, otherHigh: number, otherLow: number): boolean {
  return high === otherHigh ? low > otherLow : high > otherHigh;
}

/** How many IDs of the run from (high, low) to (high, lastLow) are at most (otherHigh, otherLow). */
export function countUpTo(high: number, low: number, lastLow: number, otherHigh: number, otherLow: number): number {
  if (high !== otherHigh) return high < otherHigh ? lastLow - low + 1 : 0;
  return Math.max(0, Math.min(lastLow, otherLow) - low + 1);
}

/** How many IDs of the run from (high, low) to (high, lastLow) are at least (otherHigh, otherLow). */
export function countFrom(high: number, low: number, lastLow: number, otherHigh: number, otherLow: number): number {
  if (high !== otherHigh) return high > otherHigh ? lastLow - low + 1 : 0;
  return Math.max(0, lastLow - Math.max(low, otherLow) + 1);
}
