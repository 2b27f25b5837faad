import type { Layout } from "@shardflake/core";
import type { MachineId, Register, RegisterWrite, StoredRegister } from "./register.js";

/** What every plan starts from: the registers as read, the times they are judged by, and the mark of this attempt. */
export interface PlanBasis {
  readonly layout: Layout;
  readonly registers: readonly StoredRegister[];
  /** The clock that issues here, Unix milliseconds. */
  readonly nowMs: number;
  /** The store's clock, Unix milliseconds. */
  readonly storeNowMs: number;
  /** How far a limit runs ahead of the clock. */
  readonly windowMs: number;
  /** How far a limit may lie ahead of the store's clock. */
  readonly maxLeadMs: number;
  /** How far floors stay behind the clock. */
  readonly marginMs: number;
  /** Random per attempt to write. */
  readonly nonce: string;
  /** Random in [0, 1): for choices that should differ from process to process. */
  readonly chance: number;
}

/** A register nobody has written yet. */
export const UNTOUCHED: Register = Object.freeze({
  holder: null,
  generation: 0,
  floor: 0,
  limit: 0,
  purpose: "untouched",
  nonce: "none",
  lapseMs: 0,
  writtenMs: 0,
});

/** An untouched machine ID in the shape in which a store returns the others. */
export function untouched(id: MachineId): StoredRegister {
  return {
    datacenterId: id.datacenterId,
    machineId: id.machineId,
    register: UNTOUCHED,
    version: 0,
    claimed: false,
  };
}

/** A claim outlives its last renewal by two windows. */
export function lapseOf(windowMs: number): number {
  return Math.ceil(2 * windowMs);
}

/** The write that replaces a stored register by one with other fields; nonce and time of writing come from the basis. */
export function replace(stored: StoredRegister, basis: PlanBasis, fields: Partial<Register>): RegisterWrite {
  return {
    datacenterId: stored.datacenterId,
    machineId: stored.machineId,
    expectedVersion: stored.version,
    register: {
      ...stored.register,
      ...fields,
      nonce: basis.nonce,
      writtenMs: Math.floor(basis.storeNowMs),
    },
  };
}
