import type { PlanBasis } from "../register/plan.js";
import type { RegisterWrite, StoredRegister } from "../register/register.js";
import type { Holdings } from "./holdings.js";
import type { KeeperEffect } from "./keeper-protocol.js";
import type { Pace } from "./pace.js";

/** What an operation may look at when it decides what comes next. */
export interface View {
  /** Plans start from here. Its registers are those of the last read of this operation, or none. */
  readonly basis: PlanBasis;
  readonly monotonicMs: number;
  readonly lasts: ReadonlyMap<string, number>;
  readonly holdings: Holdings;
  readonly pace: Pace;
  /** Whether {@link PlanBasis.storeNowMs} was just read, or carried on from an earlier reading. */
  readonly storeClock: "read" | "estimated";
}

/** What comes next. */
export type Step =
  | { readonly kind: "read" }
  | { readonly kind: "write"; readonly writes: readonly RegisterWrite[] }
  | { readonly kind: "wait"; readonly untilMonotonicMs: number }
  | { readonly kind: "finish"; readonly effects: readonly KeeperEffect[] };

/**
 * One thing to be done with the store, in as many reads and writes as it takes. The machine runs one operation at a
 * time, so at most one is in flight for any register.
 */
export interface Operation {
  /** Lower goes first. */
  readonly rank: number;
  /** Monotonic time before which there is nothing to do. */
  dueMs: number;
  /** Failures in a row. */
  failures: number;
  /** Conflicts in a row. */
  conflicts: number;
  begin(view: View): Step;
  afterRead(view: View): Step;
  /** The store has acknowledged these writes. */
  afterWrite(view: View, written: readonly StoredRegister[]): Step;
  /** The store refused these writes as a whole: some version had moved on. */
  afterConflict(view: View, nonce: string): Step;
  /** A read or write failed, or its answer was lost. `undefined`: try again after a pause. */
  afterFailure(view: View, error: unknown): Step | undefined;
}
