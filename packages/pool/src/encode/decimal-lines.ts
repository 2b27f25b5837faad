import type { IdHalves } from "@shardflake/core";
import type { Encoder } from "./encoder.js";
import {
  COUNTED_DIGITS,
  LEAST_LINE_BYTES,
  type LineVectors,
  MOST_LINE_BYTES,
  openLineVectors,
  SCRATCH_BYTES,
  SCRATCH_START,
} from "./line-vectors.js";
import { lineEncoder } from "./lines.js";
import { DECIMAL } from "./radix.js";

/** Fewer lines are not worth the calls. */
const LEAST_LINES = 100;
const BLOCK_LINES: number = 10 ** COUNTED_DIGITS;
/** A copy between places that differ modulo a word goes byte by byte where one of them is shared. */
const WORD_BYTES = 8;

/** One for all encoders of a thread, opened by the first that has many lines to write. */
let opened: { readonly vectors: LineVectors | undefined } | undefined;

/** One ID a line in decimal digits: by vectors where the engine has them and the lines are many and long enough. */
export function decimalLineEncoder(before: string, after: string): Encoder {
  const plain = lineEncoder(DECIMAL, before, after);
  return {
    maxRecordBytes: plain.maxRecordBytes,
    write(out, at, first, sequence, count) {
      if (count < LEAST_LINES) return plain.write(out, at, first, sequence, count);
      opened ??= { vectors: openLineVectors() };
      if (opened.vectors === undefined) return plain.write(out, at, first, sequence, count);
      return writeByVectors(opened.vectors, { plain, before, after }, out, at, first, sequence, count);
    },
  };
}

interface Lines {
  readonly plain: Encoder;
  readonly before: string;
  readonly after: string;
}

function writeByVectors(
  vectors: LineVectors,
  { plain, before, after }: Lines,
  out: Uint8Array,
  at: number,
  first: IdHalves,
  firstSequence: number,
  count: number,
): number {
  let id = (BigInt(first.high) << 32n) + BigInt(first.low) + BigInt(firstSequence);
  let end = at;
  for (let done = 0; done < count; ) {
    const counted = Number(id % BigInt(BLOCK_LINES));
    const block = Math.min(count - done, BLOCK_LINES - counted);
    const digits = id.toString();
    const line = before + digits + after;
    const fits = digits.length > COUNTED_DIGITS && line.length >= LEAST_LINE_BYTES && line.length <= MOST_LINE_BYTES;
    if (fits && block >= LEAST_LINES) {
      vectors.pattern({ line, afterChars: after.length });
      end = copyLines(vectors, out, end, line.length, counted, block);
    } else {
      end = plain.write(out, end, first, firstSequence + done, block);
    }
    id += BigInt(block);
    done += block;
  }
  return end;
}

/** The lines `first` to `first + count - 1` of a block, by way of the scratch, which holds whole tens. */
function copyLines(
  { bytes, write }: LineVectors,
  out: Uint8Array,
  at: number,
  lineBytes: number,
  first: number,
  count: number,
): number {
  const mostTens = Math.floor((SCRATCH_BYTES - WORD_BYTES) / (10 * lineBytes));
  let end = at;
  for (let line = first; line < first + count; ) {
    const ten = Math.floor(line / 10);
    const before = (line - ten * 10) * lineBytes;
    const tens = Math.min(mostTens, Math.ceil((first + count) / 10) - ten);
    const start = SCRATCH_START + ((out.byteOffset + end - before) & (WORD_BYTES - 1));
    write(start, tens, ten);
    const next = Math.min((ten + tens) * 10, first + count);
    const from = start + before;
    const until = from + (next - line) * lineBytes;
    out.set(bytes.subarray(from, until), end);
    end += until - from;
    line = next;
  }
  return end;
}
