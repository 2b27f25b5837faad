import { isLess } from "../sections.js";
import { RECORD_WORDS, recordHigh, recordLow } from "./record.js";

/** The digits of a first ID, from the lowest to the highest: 2048 buckets stay within the processor's first cache. */
const DIGITS: readonly { keyOf: (words: Int32Array, at: number) => number; shift: number }[] = [
  { keyOf: recordLow, shift: 0 },
  { keyOf: recordLow, shift: 11 },
  { keyOf: recordLow, shift: 22 },
  { keyOf: recordHigh, shift: 0 },
  { keyOf: recordHigh, shift: 11 },
  { keyOf: recordHigh, shift: 22 },
];
const BUCKETS = 2048;

/**
 * Sorts the first `count` records by their first ID, unsigned: a radix sort from the lowest digit (Knuth, The Art of
 * Computer Programming 5.2.5), whose time does not depend on the order it finds. Digits that all records share, such as
 * the highest of a short period, cost only a look. `scratch` must be as long as the records.
 */
export function sortRecords(records: Int32Array, count: number, scratch: Int32Array): void {
  if (isSorted(records, count)) return;
  const end = count * RECORD_WORDS;
  let [from, to] = [records, scratch];
  for (const { keyOf, shift } of DIGITS) {
    const starts = bucketStarts(from, end, keyOf, shift);
    if (starts === undefined) continue;
    for (let at = 0; at < end; at += RECORD_WORDS) {
      const bucket = (keyOf(from, at) >>> shift) & (BUCKETS - 1);
      const start = starts[bucket] as number;
      starts[bucket] = start + RECORD_WORDS;
      for (let word = 0; word < RECORD_WORDS; word++) to[start + word] = from[at + word] as number;
    }
    [from, to] = [to, from];
  }
  if (from !== records) records.set(from.subarray(0, end));
}

/** The first word of every bucket; undefined when all records fall into one. */
function bucketStarts(
  words: Int32Array,
  end: number,
  keyOf: (words: Int32Array, at: number) => number,
  shift: number,
): Float64Array | undefined {
  const starts = new Float64Array(BUCKETS);
  for (let at = 0; at < end; at += RECORD_WORDS) {
    const bucket = (keyOf(words, at) >>> shift) & (BUCKETS - 1);
    starts[bucket] = (starts[bucket] as number) + RECORD_WORDS;
  }
  let sum = 0;
  for (const [bucket, size] of starts.entries()) {
    if (size === end) return undefined;
    starts[bucket] = sum;
    sum += size;
  }
  return starts;
}

function isSorted(words: Int32Array, count: number): boolean {
  for (let at = RECORD_WORDS; at < count * RECORD_WORDS; at += RECORD_WORDS) {
    const before = at - RECORD_WORDS;
    if (isLess(recordHigh(words, at), recordLow(words, at), recordHigh(words, before), recordLow(words, before))) {
      return false;
    }
  }
  return true;
}
