import { LOW_HALF, writeAscending } from "@shardflake/core";
import type { Encoder } from "./encoder.js";

const ID_BYTES = 8;

/** 64-bit integers in the machine's byte order. */
export function nativeEncoder(): Encoder {
  // Runs of one chunk follow one another into the same memory: a view for each run took longer than its IDs.
  let seen: Uint8Array | undefined;
  let halves: Uint32Array = new Uint32Array(0);
  return {
    maxRecordBytes: ID_BYTES,
    write(out, at, first, sequence, count) {
      if (out !== seen) halves = new Uint32Array(out.buffer, out.byteOffset, Math.floor(out.length / 4));
      seen = out;
      writeAscending(halves, at / 4, at / 4 + count * 2, first.high, first.low + sequence);
      return at + count * ID_BYTES;
    },
  };
}

/** 64-bit integers, least significant byte first. */
export function littleEndianEncoder(): Encoder {
  return LOW_HALF === 0 ? nativeEncoder() : halvesEncoder(0, swapBytes);
}

/** 64-bit integers, most significant byte first. */
export function bigEndianEncoder(): Encoder {
  return LOW_HALF === 1 ? nativeEncoder() : halvesEncoder(1, swapBytes);
}

function halvesEncoder(lowHalf: number, order: (half: number) => number): Encoder {
  return {
    maxRecordBytes: ID_BYTES,
    write(out, at, first, sequence, count) {
      const halves = new Uint32Array(out.buffer, out.byteOffset + at, count * 2);
      const high = order(first.high | 0);
      let low = (first.low + sequence) | 0;
      for (let i = 0; i < halves.length; i += 2) {
        halves[i + lowHalf] = order(low);
        halves[i + 1 - lowHalf] = high;
        low = (low + 1) | 0;
      }
      return at + count * ID_BYTES;
    },
  };
}

function swapBytes(half: number): number {
  return (half << 24) | ((half & 0xff00) << 8) | ((half >>> 8) & 0xff00) | (half >>> 24);
}
