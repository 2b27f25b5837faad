import { isLess } from "../sections.js";
import { RECORD_WORDS, recordHigh, recordLow } from "./record.js";

/** Records that are sorted by insertion, which is faster than merging for so few. */
const BLOCK_WORDS: number = 16 * RECORD_WORDS;

/**
 * Sorts the first `count` records by their first ID: insertion within blocks, then a merge sort from the bottom up, which
 * passes quickly over what is sorted already, as most of a stream of IDs is. `scratch` must be as long as the records.
 */
export function sortRecords(records: Int32Array, count: number, scratch: Int32Array): void {
  const end = count * RECORD_WORDS;
  for (let left = 0; left < end; left += BLOCK_WORDS) sortBlock(records, left, Math.min(left + BLOCK_WORDS, end));
  let from = records;
  let to = scratch;
  for (let width = BLOCK_WORDS; width < end; width *= 2) {
    for (let left = 0; left < end; left += 2 * width) {
      merge(from, to, left, Math.min(left + width, end), Math.min(left + 2 * width, end));
    }
    [from, to] = [to, from];
  }
  if (from !== records) records.set(from.subarray(0, end));
}

function sortBlock(words: Int32Array, left: number, right: number): void {
  for (let at = left + RECORD_WORDS; at < right; at += RECORD_WORDS) {
    for (let slot = at; slot > left && isRecordLess(words, slot, slot - RECORD_WORDS); slot -= RECORD_WORDS) {
      for (let word = slot; word < slot + RECORD_WORDS; word++) {
        const moved = words[word] as number;
        words[word] = words[word - RECORD_WORDS] as number;
        words[word - RECORD_WORDS] = moved;
      }
    }
  }
}

/** Merges the sorted records of `[left, middle)` and `[middle, right)` into the same words of `to`. */
function merge(from: Int32Array, to: Int32Array, left: number, middle: number, right: number): void {
  if (middle === right || !isRecordLess(from, middle, middle - RECORD_WORDS)) {
    to.set(from.subarray(left, right), left);
    return;
  }
  let low = left;
  let high = middle;
  for (let at = left; at < right; at += RECORD_WORDS) {
    const takeHigh = low === middle || (high < right && isRecordLess(from, high, low));
    const source = takeHigh ? high : low;
    for (let word = 0; word < RECORD_WORDS; word++) to[at + word] = from[source + word] as number;
    if (takeHigh) high += RECORD_WORDS;
    else low += RECORD_WORDS;
  }
}

function isRecordLess(words: Int32Array, at: number, otherAt: number): boolean {
  return isLess(recordHigh(words, at), recordLow(words, at), recordHigh(words, otherAt), recordLow(words, otherAt));
}
