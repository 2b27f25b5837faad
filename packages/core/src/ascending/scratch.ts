import { writePlainly } from "./plain.js";
import { openVectors } from "./vectors.js";

/** 10 kB were the quickest of 2 to 64 kB: they stay in a processor's first cache (32 kB) with what is copied from them. */
const BYTES = 10_240;
/** Off the start of a page: processors copy slowly where source and target have the same place in their pages. */
const START = 1024;
const LINE_BYTES = 64;
/** Where large blocks of memory begin in a line: behind the 16 bytes in which C libraries keep a block's size. */
const BLOCK_START = 16;

/** Writes ascending integers into arrays of any memory: by vectors into a scratch, and from there by copies. */
export interface Scratch {
  write(halves: Uint32Array, start: number, end: number, high: number, low: number): void;
}

/** `undefined` where there are no vectors. */
export function openScratch(): Scratch | undefined {
  const vectors = openVectors(START + BYTES);
  if (vectors === undefined) return undefined;
  const scratch = new Uint32Array(vectors.buffer, START, BYTES / 4);
  const writeFirst = (length: number, high: number, low: number): void =>
    vectors.write(START, START + length * 4, high, low);
  return {
    /** Copies begin at a line of the cache as far as one can know: wide stores across two lines take twice as long. */
    write(halves, start, end, high, low) {
      const intoLine = (BLOCK_START + halves.byteOffset + start * 4) % LINE_BYTES;
      let at = Math.min(start + ((LINE_BYTES - intoLine) % LINE_BYTES) / 4, end);
      writePlainly(halves, start, at, high, low);
      for (; at + scratch.length <= end; at += scratch.length) {
        writeFirst(scratch.length, high, (low + (at - start) / 2) | 0);
        halves.set(scratch, at);
      }
      if (at === end) return;
      writeFirst(end - at, high, (low + (at - start) / 2) | 0);
      halves.set(scratch.subarray(0, end - at), at);
    },
  };
}
