import type { Layout } from "./layout.js";

/** The sections of one ID. */
export interface IdSections {
  readonly tick: number;
  readonly datacenterId: number;
  readonly machineId: number;
  readonly sequence: number;
}

/** The sections of one ID, and the time they stand for. */
export interface DecomposedId extends IdSections {
  /** Unix milliseconds at the start of the ID's tick. */
  readonly timestampMs: number;
}
