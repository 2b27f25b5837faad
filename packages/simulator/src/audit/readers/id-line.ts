/**
 * Reads the ID in `bytes[start, end)`, a line without its end, and writes its low half to `halves[at]` and its high half
 * to `halves[at + 1]`. False when the line is no ID.
 */
export type ParseIdLine = (bytes: Uint8Array, start: number, end: number, halves: Int32Array, at: number) => boolean;

/**
 * Writes `upper × factor + lower` as two halves; false when it does not fit 64 bits. `upper` is below 2^34, `lower` below
 * 2^37, and the factor is `factorHigh × 2^32 + factorLow` with both below 2^32 and 2^5.
 */
export function writeProduct(
  upper: number,
  factorHigh: number,
  factorLow: number,
  lower: number,
  halves: Int32Array,
  at: number,
): boolean {
  // 16 bits of `upper` at a time keep every product below 2^53, where numbers are exact.
  const upperHigh = Math.floor(upper / 65536);
  const middle = upperHigh * factorLow;
  const low = (upper % 65536) * factorLow + (middle % 65536) * 65536 + lower;
  const high = upper * factorHigh + Math.floor(middle / 65536) + Math.floor(low / 2 ** 32);
  halves[at] = low;
  halves[at + 1] = high;
  return high < 2 ** 32;
}
