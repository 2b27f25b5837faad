import type { Clock, Layout } from "@shardflake/core";
import type { RegisterWrite, StoredRegister } from "../register/register.js";

/**
 * Where registers live. A store only reads and compares-and-sets whole records; what to write is decided by the
 * protocol in register/, the same for every store.
 */
export interface RegisterStore {
  /** How the store is named in messages; never contains a password. */
  readonly name: string;
  /**
   * The first user writes the layout's digest into the namespace; everybody else must bring the same.
   * @throws ShardflakeError `LAYOUT_MISMATCH`, `STORE_FORMAT_NEWER`, `STORE_CORRUPT`, `STORE_UNAVAILABLE`
   */
  open(namespace: string, layout: Layout): Promise<void>;
  /** Every register that was ever written (any order). Registers not returned are untouched, at version 0. */
  read(): Promise<StoredRegister[]>;
  /**
   * All or none. "done": acknowledged writes survive a crash of the process. "conflict": some version had moved on and
   * nothing was written. A rejection with `STORE_UNAVAILABLE` means that the outcome is not known.
   */
  write(writes: readonly RegisterWrite[]): Promise<"done" | "conflict">;
  /** The store's clock, Unix milliseconds: the reference for limits. May differ from this host's. */
  now(): Promise<number>;
  /** Lets go of files and connections. What was acknowledged stays. */
  close(): Promise<void>;
}

/** How a store crosses threads: as the name of a module and its factory, never as functions. */
export interface StoreSpec {
  /** Module specifier or file URL that can be imported from any thread. */
  readonly module: string;
  /** Name of an exported function that takes the options and a clock, and returns a store that is not open yet. */
  readonly export: string;
  /** Structured-cloneable options for the factory. */
  readonly options: unknown;
}

/** Makes a store that is not open yet. The clock is this host's; a store with a clock of its own ignores its wall time. */
export type StoreFactory = (options: unknown, clock: Clock) => RegisterStore | Promise<RegisterStore>;
