import type { MessagePort } from "node:worker_threads";
import type { WireError } from "../error-wire.js";
import type { StoredRegister } from "../register/register.js";
import type { KeeperSettings } from "./keeper-options.js";
import type { KeeperWarning } from "./keeper-warning.js";
import type { AcquireRequest, Lease } from "./lease.js";

/** What the keeper's thread is born with. */
export interface KeeperBirth {
  readonly settings: KeeperSettings;
  readonly port: MessagePort;
}

/** An answer that keeps an error's class and code, which structured clone would drop. */
export type Reply<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "failed"; readonly error: WireError };

/** The keeper as its thread offers it. */
export interface KeeperService {
  /** Opens the store. Must be answered before anything else is asked. */
  start(): Promise<Reply<void>>;
  acquire(request: AcquireRequest): Promise<Reply<Lease[]>>;
  release(leases: readonly Lease[]): Promise<Reply<void>>;
  inspect(): Promise<Reply<StoredRegister[]>>;
  storeTimeMs(): Promise<Reply<number>>;
  reserveBackfill(count: number): Promise<Reply<StoredRegister[]>>;
  forceRelease(datacenterId: number, machineId: number): Promise<Reply<StoredRegister>>;
  raiseFloors(toMs: number): Promise<Reply<StoredRegister[]>>;
  horizonTick(): Promise<Reply<number>>;
  /** The last call: the thread ends after it. */
  close(): Promise<Reply<void>>;
}

/** What the thread tells without being asked, by its parent port. */
export type KeeperNotice =
  | { readonly kind: "lost"; readonly leases: readonly Lease[] }
  | { readonly kind: "warned"; readonly warning: KeeperWarning };
