import type { StoredRegister } from "../register/register.js";
import type { AcquireRequest, Lease } from "./lease.js";

/** Holds machine IDs for one process: acquires them, keeps their windows ahead of the clock, gives them back. */
export interface Keeper {
  /**
   * All or none. The leases come with open slots, their windows are already in the store.
   * @throws LeaseUnavailableError `MACHINE_IDS_TAKEN`, `FLOOR_AHEAD`
   * @throws ShardflakeError `STORE_UNAVAILABLE`, `STORE_CORRUPT`, `CLOCK_AHEAD`
   */
  acquire(request: AcquireRequest): Promise<Lease[]>;
  /** Terminal: closes the slots at once and for ever, then tells the store their last ticks. */
  release(leases: readonly Lease[]): Promise<void>;
  /** Registers of the namespace, for people. */
  inspect(): Promise<StoredRegister[]>;
  /** What the store's clock says, Unix milliseconds. */
  storeTimeMs(): Promise<number>;
  /** Sets aside `count` untouched machine IDs for backfill; returns those that are now set aside by this call. */
  reserveBackfill(count: number): Promise<StoredRegister[]>;
  /** Ends whatever claim stands on a machine ID: generation + 1, no limit is lowered. */
  forceRelease(datacenterId: number, machineId: number): Promise<StoredRegister>;
  /**
   * Spends every register of the namespace up to a time, Unix milliseconds, and ends every claim: for a store that was
   * restored from an older state, while nobody issues. No limit is lowered.
   * @throws ShardflakeError `OPTION_INVALID`
   */
  raiseFloors(toMs: number): Promise<StoredRegister[]>;
  /**
   * The highest tick of which no request that begins from now on, anywhere in the namespace, gets an ID, nor of any below.
   * @throws ShardflakeError `STORE_UNAVAILABLE`, `STORE_CORRUPT`
   */
  horizonTick(): Promise<number>;
  /** Releases every lease and closes the store. */
  close(): Promise<void>;
}
