import type { LayoutError, ShardflakeError } from "@shardflake/core";
import type { MachineId, Purpose, RegisterWrite, StoredRegister } from "../register/register.js";
import type { KeeperWarning } from "./keeper-warning.js";
import type { AcquireRequest } from "./lease.js";

/** What accompanies every event: the machine reads no clock and no slot, and draws no random number. */
export interface Moment {
  /** The clock that issues here, Unix milliseconds. */
  readonly nowMs: number;
  readonly monotonicMs: number;
  /** Fresh and random, in copies of this process too; marks the write that this event may lead to. */
  readonly nonce: string;
  /** Random in [0, 1): for decisions that should differ from process to process. */
  readonly chance: number;
  /** Highest tick issued so far by each lease, by machine key. */
  readonly lasts: ReadonlyMap<string, number>;
}

/** A lease as the store granted it; the shell gives it a slot. */
export interface Grant extends MachineId {
  readonly generation: number;
  readonly floor: number;
  readonly limit: number;
  readonly purpose: Purpose;
}

/** A lease whose slot was closed for ever, and the highest tick it may have issued. */
export interface ClosedLease extends MachineId {
  readonly generation: number;
  readonly last: number;
}

/** What happens to the keeper. */
export type KeeperEvent =
  | {
      readonly kind: "acquire";
      readonly requestId: number;
      readonly request: AcquireRequest;
      /** Random per acquire. */
      readonly holder: string;
    }
  | { readonly kind: "release"; readonly requestId: number; readonly leases: readonly ClosedLease[] }
  | { readonly kind: "reserve"; readonly requestId: number; readonly count: number }
  | { readonly kind: "force-release"; readonly requestId: number; readonly id: MachineId }
  | { readonly kind: "raise-floors"; readonly requestId: number; readonly toMs: number }
  | { readonly kind: "horizon"; readonly requestId: number }
  /** No more waiting: what is not in flight is refused. */
  | { readonly kind: "abandon" }
  | { readonly kind: "woken" }
  | {
      readonly kind: "read";
      readonly callId: number;
      readonly registers: readonly StoredRegister[];
      readonly storeNowMs: number;
    }
  | { readonly kind: "written"; readonly callId: number; readonly outcome: "done" | "conflict" }
  /** What the store's clock says, told beside a write. */
  | { readonly kind: "store-time"; readonly storeNowMs: number }
  /** The outcome is not known. */
  | { readonly kind: "failed"; readonly callId: number; readonly error: unknown };

/** What the keeper wants done. */
export type KeeperEffect =
  | { readonly kind: "read"; readonly callId: number }
  | { readonly kind: "write"; readonly callId: number; readonly writes: readonly RegisterWrite[] }
  /** The store has acknowledged this limit for this generation: the slot may be raised to it. */
  | {
      readonly kind: "raise";
      readonly datacenterId: number;
      readonly machineId: number;
      readonly generation: number;
      readonly limit: number;
    }
  /** These ticks are given up: the slot must say so before what comes after this is done. */
  | {
      readonly kind: "floor";
      readonly datacenterId: number;
      readonly machineId: number;
      readonly generation: number;
      readonly floor: number;
    }
  /** A successor, or a copy of this process, holds the machine ID: close the slot at once. */
  | { readonly kind: "lost"; readonly datacenterId: number; readonly machineId: number; readonly generation: number }
  | { readonly kind: "granted"; readonly requestId: number; readonly grants: readonly Grant[] }
  | { readonly kind: "finished"; readonly requestId: number; readonly registers: readonly StoredRegister[] }
  /** No request that begins from now on, anywhere in the namespace, gets an ID of this tick or below. */
  | { readonly kind: "horizon"; readonly requestId: number; readonly tick: number }
  | { readonly kind: "refused"; readonly requestId: number; readonly error: ShardflakeError | LayoutError }
  /**
   * This host's clock is so many milliseconds ahead of the store's (behind, where that is negative), which is more than
   * it may be; 0: it is right again. Until then no slot issues anything new.
   */
  | { readonly kind: "clock"; readonly leadMs: number }
  | { readonly kind: "warned"; readonly warning: KeeperWarning }
  /** Send "woken" at this monotonic time, or earlier; replaces any wish before. */
  | { readonly kind: "wake"; readonly atMonotonicMs: number };
