import { LOW_HALF } from "../byte-order.js";

const HIGH_HALF = 1 - LOW_HALF;

/**
 * Writes ascending 64-bit integers into `[start, end)` of `halves`. Only the low half counts: within a run nothing
 * carries, with a sequence of at most 32 bits.
 */
export function writePlainly(halves: Uint32Array, start: number, end: number, high: number, firstLow: number): void {
  let low = firstLow | 0;
  for (let at = start; at < end; at += 2) {
    halves[at + LOW_HALF] = low;
    halves[at + HIGH_HALF] = high;
    low = (low + 1) | 0;
  }
}
