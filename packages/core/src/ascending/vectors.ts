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

/** What an engine has of it. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  ascending(at: number, end: number, high: number, low: number): void;
}
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** `undefined` where there is no WebAssembly with vectors, or a policy forbids it, or memory is short. */
export function openVectors(): Vectors | undefined {
  try {
    const bytes = Uint8Array.from(ASCENDING_WASM.match(/../g)!, (byte) => Number.parseInt(byte, 16));
    const { memory, ascending } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
    const halves = new Uint32Array(memory.buffer, START, BYTES / 4);
    return { halves, write: (length, high, low) => ascending(START, START + length * 4, high, low) };
  } catch {
    return undefined;
  }
}
