/**
 * A record is an interval of IDs of one tick and machine ID, with the number of times its IDs were seen beyond the
 * first: five 32-bit words in a row. Records live in bare Int32Arrays, so that they sort, spill and merge without
 * objects.
 */
export const RECORD_WORDS = 5;
export const RECORD_BYTES: number = RECORD_WORDS * 4;

const HIGH = 0;
const LOW = 1;
const LAST_LOW = 2;
const EXTRA_LOW = 3;
const EXTRA_HIGH = 4;

/** Writes the record that starts at word `at`. The halves of both ends share `high`: a record never leaves its tick. */
export function writeRecord(
  words: Int32Array,
  at: number,
  high: number,
  low: number,
  lastLow: number,
  extra: number,
): void {
  words[at + HIGH] = high;
  words[at + LOW] = low;
  words[at + LAST_LOW] = lastLow;
  words[at + EXTRA_LOW] = extra | 0;
  words[at + EXTRA_HIGH] = extra / 2 ** 32;
}

export function recordHigh(words: Int32Array, at: number): number {
  return words[at + HIGH] as number;
}

export function recordLow(words: Int32Array, at: number): number {
  return words[at + LOW] as number;
}

export function recordLastLow(words: Int32Array, at: number): number {
  return words[at + LAST_LOW] as number;
}

export function recordExtra(words: Int32Array, at: number): number {
  return (words[at + EXTRA_HIGH] as number) * 2 ** 32 + ((words[at + EXTRA_LOW] as number) >>> 0);
}

/** Moves the end of the record, and leaves the rest as it is. */
export function extendRecord(words: Int32Array, at: number, lastLow: number): void {
  words[at + LAST_LOW] = lastLow;
}
