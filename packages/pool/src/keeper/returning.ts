import { findRegister } from "../register/candidates.js";
import { type Holding, isHeldBy } from "../register/extend.js";
import { planRelease } from "../register/release.js";
import type { Operation, Step, View } from "./operation.js";
import { isPassing, storeFailure } from "./store-failure.js";

/** A lease on its way back: its slot is closed, and it is no longer among the holdings. */
export interface Returned extends Holding {
  readonly last: number;
  /** Version as last known: an older answer says nothing. */
  readonly version: number;
}

/** Gives registers back. Whatever the store answers, these leases never issue again. */
export class Returning implements Operation {
  readonly rank = 0;
  dueMs: number;
  failures = 0;
  conflicts = 0;
  private readonly requestId: number;
  private readonly returned: readonly Returned[];
  private readonly deadlineMs: number;

  constructor(requestId: number, returned: readonly Returned[], monotonicMs: number, releaseMs: number) {
    this.requestId = requestId;
    this.returned = returned;
    this.dueMs = monotonicMs;
    this.deadlineMs = monotonicMs + releaseMs;
  }

  begin(): Step {
    return this.returned.length === 0 ? this.finished() : { kind: "read" };
  }

  afterRead(view: View): Step {
    const { registers } = view.basis;
    const found = this.returned.map((lease) => ({ lease, stored: findRegister(registers, lease) }));
    if (found.some(({ lease, stored }) => stored.version < lease.version)) {
      return { kind: "wait", untilMonotonicMs: view.monotonicMs + view.pace.leastRetryMs };
    }
    // A register that is no longer held by this lease was released by an attempt whose answer was lost, or taken over.
    const writes = found
      .filter(({ lease, stored }) => isHeldBy(stored, lease))
      .map(({ lease, stored }) => planRelease(view.basis, stored, lease.last));
    return writes.length === 0 ? this.finished() : { kind: "write", writes };
  }

  afterWrite(): Step {
    return this.finished();
  }

  afterConflict(): Step {
    return { kind: "read" };
  }

  afterFailure(view: View, error: unknown): Step | undefined {
    if (isPassing(error) && view.monotonicMs < this.deadlineMs) return undefined;
    return {
      kind: "finish",
      effects: [{ kind: "refused", requestId: this.requestId, error: storeFailure(error) }],
    };
  }

  private finished(): Step {
    return { kind: "finish", effects: [{ kind: "finished", requestId: this.requestId, registers: [] }] };
  }
}
