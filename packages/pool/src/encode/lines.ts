import type { IdHalves } from "@shardflake/core";
import type { Encoder } from "./encoder.js";
import type { Radix } from "./radix.js";

/**
 * One ID a line. Most of a line is the same for thousands of neighbours, so lines are copied in bulk and only their
 * last digits written: no ID is ever turned into a string but the first of each block.
 */
export function lineEncoder(radix: Radix, before: string, after: string): Encoder {
  const { tailChars, tailSize } = radix;
  const maxRecordBytes = before.length + radix.maxChars + after.length;
  const write = (out: Uint8Array, at: number, first: IdHalves, sequence: number, count: number): number => {
    let id = (BigInt(first.high) << 32n) + BigInt(first.low) + BigInt(sequence);
    let left = count;
    let end = at;
    while (left > 0) {
      const text = radix.toText(id);
      const tail = Number(id % BigInt(tailSize));
      // A number shorter than the table's tails would get leading zeros; it is written alone.
      const block = text.length > tailChars ? Math.min(left, tailSize - tail) : 1;
      const line = before + text + after;
      const lineBytes = line.length;
      writeAscii(out, end, line);
      const blockEnd = end + block * lineBytes;
      if (block > 1) {
        repeat(out, end, lineBytes, blockEnd);
        writeTails(out, end + lineBytes - after.length - tailChars, lineBytes, tail, block);
      }
      end = blockEnd;
      id += BigInt(block);
      left -= block;
    }
    return end;
  };

  const writeTails = (out: Uint8Array, at: number, stride: number, firstTail: number, block: number): void => {
    const tails = radix.tails();
    let from = firstTail * tailChars;
    if (tailChars === 4) {
      for (let i = 0, to = at; i < block; i++, to += stride, from += 4) {
        out[to] = tails[from]!;
        out[to + 1] = tails[from + 1]!;
        out[to + 2] = tails[from + 2]!;
        out[to + 3] = tails[from + 3]!;
      }
      return;
    }
    for (let i = 0, to = at; i < block; i++, to += stride, from += 2) {
      out[to] = tails[from]!;
      out[to + 1] = tails[from + 1]!;
    }
  };
  return { maxRecordBytes, write };
}

/** Fills `[at, end)` with copies of the `bytes` bytes at `at`, doubling what is copied. */
function repeat(out: Uint8Array, at: number, bytes: number, end: number): void {
  for (let done = bytes; at + done < end; done *= 2) {
    out.copyWithin(at + done, at, at + Math.min(done, end - at - done));
  }
}

function writeAscii(out: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) out[at + i] = text.charCodeAt(i);
}
