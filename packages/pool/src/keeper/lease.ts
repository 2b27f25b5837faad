import { machineKey } from "../register/machine-id.js";
import type { MachineId } from "../register/register.js";
import type { Slot } from "../slot/slot.js";

/** The right to issue IDs of one machine ID until its slot closes. Structured-cloneable. */
export interface Lease extends MachineId {
  readonly generation: number;
  /** Ticks at or below it belong to predecessors. */
  readonly floor: number;
  readonly slot: Slot;
}

/** One lease among all that there ever are in a namespace. */
export type LeaseId = Pick<Lease, "datacenterId" | "machineId" | "generation">;

export function leaseKey(lease: LeaseId): string {
  return `${machineKey(lease)}@${lease.generation}`;
}

/** Which machine IDs are wanted. */
export interface AcquireRequest {
  readonly count: number;
  readonly wanted: WantedWindow;
  /** The machine IDs that may be taken; `null` for every machine ID of the layout. */
  readonly among: readonly MachineId[] | null;
  /** How long to wait for a free machine ID, or for the clock to pass a floor. */
  readonly waitMs: number;
}

/** Live leases run ahead of the clock and are renewed; a backfill lease is one past period `(afterTick, toTick]`, spent at once. */
export type WantedWindow =
  | { readonly purpose: "live" }
  | { readonly purpose: "backfill"; readonly afterTick: number; readonly toTick: number };
