/**
 * Numbers dealt out over counters: counter `i` of `n` has those that leave the remainder `i + 1` when divided by `n`, above
 * a fence. With another `n` the same number can belong to another counter, so a change of `n` needs a fence that no
 * counter has passed: below it the old rule holds, above it the new one.
 */
export interface Deal {
  /** The first number of each counter. */
  readonly first: readonly bigint[];
  readonly step: number;
}

/** Numbers that are left free below a fence: the counters go on while they are changed one after the other. */
const HEADROOM = 1_000_000n;

/** Where the fence stands: so far above all counters that none can reach it before it knows. */
export function fenceAbove(last: readonly bigint[]): bigint {
  return last.reduce((most, value) => (value > most ? value : most), 0n) + HEADROOM;
}

/** Between reading where counters are and acting on it, they go on: for so long, where nobody fenced them. */
export const STALE_MS = 250;

/** The smallest of the numbers. */
export function leastOf(numbers: readonly bigint[]): bigint {
  return numbers.reduce((least, value) => (value < least ? value : least));
}

/** Deals the numbers above a fence out over counters. */
export function dealAbove(fence: bigint, counters: number): Deal {
  return { first: Array.from({ length: counters }, (_, i) => fence + BigInt(i + 1)), step: counters };
}
