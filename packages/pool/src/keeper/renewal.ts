import { planExtend } from "../register/extend.js";
import { machineKey } from "../register/machine-id.js";
import type { StoredRegister } from "../register/register.js";
import type { Held } from "./held.js";
import type { Operation, Step, View } from "./operation.js";
import type { Pace } from "./pace.js";

/**
 * Renews the claims of all live leases in one write, and raises their limits. Runs as long as there is a live lease.
 * When the write conflicts, or its answer is lost, the read that follows shows which attempt was done and whose claim was
 * taken (see {@link Held}), and the others are renewed at once.
 */
export class Renewal implements Operation {
  readonly rank = 1;
  dueMs: number = Number.POSITIVE_INFINITY;
  failures = 0;
  conflicts = 0;
  private startedMs = Number.NEGATIVE_INFINITY;

  /** There are live leases: sees to it that they are renewed, in time for the one with the lowest limit. */
  schedule(monotonicMs: number, pace: Pace): void {
    if (this.dueMs === Number.POSITIVE_INFINITY) this.dueMs = monotonicMs + pace.renewMs;
  }

  /** A lease was granted late, when part of its window was already over. */
  hasten(monotonicMs: number): void {
    this.dueMs = Math.min(this.dueMs, monotonicMs);
  }

  begin(view: View): Step {
    this.startedMs = view.monotonicMs;
    // After a failure nobody knows which versions the store has.
    return this.failures > 0 ? { kind: "read" } : this.write(view);
  }

  afterRead(view: View): Step {
    return this.write(view);
  }

  afterWrite(view: View): Step {
    return this.rest(view);
  }

  afterConflict(): Step {
    return { kind: "read" };
  }

  afterFailure(): undefined {
    return undefined;
  }

  private write(view: View): Step {
    const live = view.holdings.live();
    if (live.length === 0) {
      this.dueMs = Number.POSITIVE_INFINITY;
      return { kind: "wait", untilMonotonicMs: this.dueMs };
    }
    const plans = live.map((held) => planExtend(view.basis, held.stored, lastOf(view, held.stored)));
    // A refusal rests on the store's clock: look at it before believing what was carried on from an earlier reading.
    if (view.storeClock === "estimated" && plans.some((plan) => plan.limit === "refused")) return { kind: "read" };
    return { kind: "write", writes: plans.map((plan) => plan.write) };
  }

  private rest(view: View): Step {
    return { kind: "wait", untilMonotonicMs: Math.max(view.monotonicMs, this.startedMs + view.pace.renewMs) };
  }
}

function lastOf(view: View, stored: StoredRegister): number {
  return view.lasts.get(machineKey(stored)) ?? 0;
}
