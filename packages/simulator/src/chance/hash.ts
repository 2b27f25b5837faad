/**
 * A hash for whatever must follow from the seed and a place or a time alone, in any order of asking: MurmurHash3, x86,
 * 32 bits (Austin Appleby, public domain), fed one 32-bit word at a time.
 */
export function mixed(hash: number, word: number): number {
  const scrambled = Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotated(hash ^ scrambled, 13), 5) + 0xe6546b64) | 0;
}

/** The finished hash as a number from 0 to below 1. */
export function unitOf(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
