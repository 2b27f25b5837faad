import { openWebAssembly } from "@shardflake/core";
import { DECIMAL_LINES_WASM } from "./decimal-lines.wasm.js";

/** A line of which all but the last four decimal digits are given. */
export interface LinePattern {
  /** The whole line with any last digits. ASCII, {@link LEAST_LINE_BYTES} to {@link MOST_LINE_BYTES} long. */
  readonly line: string;
  /** How many characters follow the digits, at most 12. */
  readonly afterChars: number;
}

/** Writes lines that count up, by vectors, in memory of its own. */
export interface LineVectors {
  /** Lines in tens, from `ten * 10`, whose first byte is at `start` in {@link bytes}. */
  write(start: number, tens: number, ten: number): void;
  /** Says which lines the next calls write. */
  pattern(pattern: LinePattern): void;
  readonly bytes: Uint8Array;
}

export const LEAST_LINE_BYTES = 16;
export const MOST_LINE_BYTES = 32;
/** Digits that change from line to line. */
export const COUNTED_DIGITS = 4;
/** Where lines may begin, and how many bytes of them stay in a processor's first cache beside the table. */
export const SCRATCH_START = 4096;
export const SCRATCH_BYTES = 20_480;

/** What the module keeps in its page, see there. */
const FIRST_BYTES = 4032;
const LAST_BYTES = 4048;
const PLACES = 4064;
const ONE = 4080;
const VECTOR_BYTES = 16;
const NO_PLACE = 255;

interface Exports {
  lines(at: number, tens: number, ten: number, lineBytes: number): void;
}

/** `undefined` where there are no vectors. */
export function openLineVectors(): LineVectors | undefined {
  const opened = openWebAssembly<Exports>(DECIMAL_LINES_WASM, SCRATCH_START + SCRATCH_BYTES);
  return opened === undefined ? undefined : lineVectors(new Uint8Array(opened.buffer), opened.exports.lines);
}

function lineVectors(bytes: Uint8Array, lines: Exports["lines"]): LineVectors {
  let lineBytes = 0;
  return {
    bytes,
    pattern({ line, afterChars }) {
      lineBytes = line.length;
      const digits = VECTOR_BYTES - afterChars - COUNTED_DIGITS;
      for (let i = 0; i < VECTOR_BYTES; i++) {
        const place = i - digits;
        const isDigit = place >= 0 && place < COUNTED_DIGITS;
        bytes[FIRST_BYTES + i] = line.charCodeAt(i);
        bytes[LAST_BYTES + i] = isDigit ? 0 : line.charCodeAt(lineBytes - VECTOR_BYTES + i);
        bytes[PLACES + i] = isDigit ? place : NO_PLACE;
        bytes[ONE + i] = place === COUNTED_DIGITS - 1 ? 1 : 0;
      }
    },
    write: (start, tens, ten) => lines(start, tens, ten, lineBytes),
  };
}
