import { openWebAssembly } from "../web-assembly.js";
import { ASCENDING_WASM } from "./ascending.wasm.js";

/**
 * Ascending 64-bit integers, written by WebAssembly two at a time into memory of its own. That memory is small enough to
 * stay in a processor's first cache (32 kB), together with what is copied from it.
 */
export interface Vectors {
  /** Two halves an ID; {@link write} fills it from its start. */
  readonly halves: Uint32Array;
  /** Writes at least the first `length` halves. */
  write(length: number, high: number, firstLow: number): void;
}

/** 10 kB were the quickest of 2 to 64 kB. */
const BYTES = 10_240;
/** Off the start of a page: processors copy slowly where source and target have the same place in their pages. */
const START = 1024;

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  ascending(at: number, end: number, high: number, low: number): void;
}

/** `undefined` where there are no vectors. */
export function openVectors(): Vectors | undefined {
  const exports = openWebAssembly<Exports>(ASCENDING_WASM);
  if (exports === undefined) return undefined;
  const { memory, ascending } = exports;
  const halves = new Uint32Array(memory.buffer, START, BYTES / 4);
  return { halves, write: (length, high, low) => ascending(START, START + length * 4, high, low) };
}
