import { openWebAssembly } from "../web-assembly.js";
import { ASCENDING_WASM } from "./ascending.wasm.js";

/** Ascending 64-bit integers, written by WebAssembly two at a time into memory of its own. */
export interface Vectors {
  readonly buffer: ArrayBuffer;
  /**
   * Writes `high * 2^32 + low` and what follows it into the bytes from `at` up to `end`, which must be above, in whole
   * lines of 64 bytes.
   */
  write(at: number, end: number, high: number, low: number): void;
}

interface Exports {
  ascending(at: number, end: number, high: number, low: number): void;
}

/** `undefined` where there are no vectors, or less memory. */
export function openVectors(bytes: number): Vectors | undefined {
  const opened = openWebAssembly<Exports>(ASCENDING_WASM, bytes);
  return opened === undefined ? undefined : { buffer: opened.buffer, write: opened.exports.ascending };
}
