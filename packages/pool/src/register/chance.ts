/**
 * A number in [0, 1) out of a random text, the same for the same text: for decisions that should differ from process to
 * process and yet be replayed. FNV-1a of 32 bits (Fowler, Noll, Vo), whose high bits are mixed by MurmurHash3's finisher.
 */
export function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
