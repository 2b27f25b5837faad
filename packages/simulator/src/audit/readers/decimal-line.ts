import { type ParseIdLine, writeProduct } from "./id-line.js";

const ZERO = 0x30;
const MINUS = 0x2d;
/** Digits of 2^64 - 1. */
const MOST_DIGITS = 20;
/** Digits of the lower part, which is exact as a number, as is the upper. */
const LOWER_DIGITS = 10;
const FACTOR_HIGH: number = Math.floor(10 ** LOWER_DIGITS / 2 ** 32);
const FACTOR_LOW: number = 10 ** LOWER_DIGITS % 2 ** 32;

/**
 * Decimal digits without leading zeros. A minus sign is how a signed column shows an ID whose sign bit is set, so that
 * the audit can report it: `-1` is 2^64 - 1.
 */
export const parseDecimalLine: ParseIdLine = (bytes, start, end, halves, at) => {
  if (bytes[start] === MINUS && start < end) {
    if (!parseUnsigned(bytes, start + 1, end, halves, at)) return false;
    return negate(halves, at);
  }
  return parseUnsigned(bytes, start, end, halves, at);
};

const parseUnsigned: ParseIdLine = (bytes, start, end, halves, at) => {
  const length = end - start;
  if (length < 1 || length > MOST_DIGITS || (length > 1 && bytes[start] === ZERO)) return false;
  const split = length > LOWER_DIGITS ? end - LOWER_DIGITS : start;
  let upper = 0;
  for (let index = start; index < split; index++) {
    const digit = (bytes[index] as number) - ZERO;
    if (digit < 0 || digit > 9) return false;
    upper = upper * 10 + digit;
  }
  let lower = 0;
  for (let index = split; index < end; index++) {
    const digit = (bytes[index] as number) - ZERO;
    if (digit < 0 || digit > 9) return false;
    lower = lower * 10 + digit;
  }
  return writeProduct(upper, FACTOR_HIGH, FACTOR_LOW, lower, halves, at);
};

/** Two's complement; false for what is below -2^63, and for a zero with a sign. */
function negate(halves: Int32Array, at: number): boolean {
  const low = halves[at] as number;
  const high = halves[at + 1] as number;
  halves[at] = -low;
  halves[at + 1] = low === 0 ? -high : ~high;
  return (halves[at + 1] as number) < 0;
}
