import { findRegister } from "../register/candidates.js";
import { planRelease } from "../register/release.js";
import type { Held } from "./held.js";
import type { Operation, Step, View } from "./operation.js";
import { isPassing, storeFailure } from "./store-failure.js";

/** A lease on its way back: its slot is closed, and it is no longer among the holdings. */
export interface Returned {
  readonly held: Held;
  /** Highest tick it may have issued. */
  readonly last: number;
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
    const found = this.returned.map(({ held, last }) => {
      const stored = findRegister(registers, held.stored);
      return { stored, last, finding: held.judge(stored) };
    });
    if (found.some(({ finding }) => finding === "older")) {
      return { kind: "wait", untilMonotonicMs: view.monotonicMs + view.pace.leastRetryMs };
    }
    // Taken: by a successor, by an attempt to give it back whose answer was lost, or by a copy of this process, which
    // issues on: its limit must not fall to the last tick issued here.
    const writes = found
      .filter(({ finding }) => finding !== "taken")
      .map(({ stored, last }) => planRelease(view.basis, stored, last));
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
