/**
 * What a machine ID is leased for. A register that was ever live never becomes a backfill register, nor the reverse.
 * "horizon" is one that belongs to no machine ID: its limit is the tick below which nobody starts any more.
 */
export type Purpose = "untouched" | "live" | "backfill" | "horizon";

/** A machine ID: always the pair. */
export interface MachineId {
  readonly datacenterId: number;
  readonly machineId: number;
}

/**
 * The record of one machine ID in a namespace. A holder of generation g issues only ticks in `(floor, limit]`, and the
 * next holder's floor is this record's limit, replaced in the same atomic step.
 */
export interface Register {
  /** Random per acquire, never a host name or process ID; `null` when nobody holds it. */
  readonly holder: string | null;
  /** Fencing token: +1 at every change of holder. */
  readonly generation: number;
  /** Ticks at or below it are spent, or given up: it rises behind the clock of its holder, who says so in its slot first. */
  readonly floor: number;
  /** Highest tick the holder may issue. */
  readonly limit: number;
  readonly purpose: Purpose;
  /** Random per attempt to write: a record carrying one's own nonce means that the attempt was done. */
  readonly nonce: string;
  /** How long the holder's claim outlives its last renewal, in milliseconds (2 × its window). */
  readonly lapseMs: number;
  /** Wall time of the last write, Unix milliseconds; for people only, no decision rests on it. */
  readonly writtenMs: number;
}

/** A register as a store returned it. */
export interface StoredRegister extends MachineId {
  readonly register: Register;
  /** Grows by one with every write of this register; 0 means that it was never written. Every write compares it. */
  readonly version: number;
  /** Whether a holder's claim still stands, as the store judges it: a dead owner's does not. */
  readonly claimed: boolean;
}

/** Replace one register, provided that its version is still the one that was read. */
export interface RegisterWrite extends MachineId {
  /** Version as last read; 0 for a register that was never written. */
  readonly expectedVersion: number;
  readonly register: Register;
}
