import type { Ids } from "../load/load-messages.js";

/**
 * IDs as numbers of 64 bits in the same order, equal where the IDs are equal: numbers as they are, and each UUID as its
 * rank among all of them. So `verify`, which reads 64 bits, is exact about 128, too.
 */
export function rankIds({ form, words }: Ids): BigUint64Array {
  if (form === "number") return words;
  const count = words.length / 2;
  const halves = new Uint32Array(words.buffer, words.byteOffset, words.length * 2);
  const order = new Uint32Array(count).map((_, i) => i).sort((a, b) => compare(halves, a, b));
  const ranks = new BigUint64Array(count);
  let rank = 0;
  order.forEach((index, i) => {
    if (i > 0 && compare(halves, order[i - 1]!, index) !== 0) rank++;
    // A rank of 0 would be an ID of 0, which nobody issues.
    ranks[index] = BigInt(rank + 1);
  });
  return ranks;
}

/** The parts of a UUID from the highest to the lowest: words are little endian here, and the high one comes first. */
const PARTS = [1, 0, 3, 2] as const;

function compare(halves: Uint32Array, a: number, b: number): number {
  for (const part of PARTS) {
    const difference = halves[a * 4 + part]! - halves[b * 4 + part]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
