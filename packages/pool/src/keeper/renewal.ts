import { planExtend } from "../register/extend.js";
import { machineKey } from "../register/machine-id.js";
import type { StoredRegister } from "../register/register.js";
import type { Held } from "./held.js";
import type { Operation, Step, View } from "./operation.js";
import type { Pace } from "./pace.js";

/** The shortest part of {@link Pace.renewMs} between two renewals, so that a fleet's renewals do not fall together. */
const LEAST_INTERVAL = 0.9;

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
  /** Others may have begun in the same moment, or waited for the same outage to end. */
  private isInStep = true;

  /** There are live leases: sees to it that they are renewed, in time for the one with the lowest limit. */
  schedule(monotonicMs: number, pace: Pace, chance: number): void {
    if (this.dueMs === Number.POSITIVE_INFINITY) this.dueMs = monotonicMs + this.intervalMs(pace, chance);
  }

  /** A lease was granted late, when part of its window was already over. */
  hasten(monotonicMs: number): void {
    this.dueMs = Math.min(this.dueMs, monotonicMs);
  }

  begin(view: View): Step {
    this.startedMs = view.monotonicMs;
    if (this.failures === 0) return this.write(view);
    this.isInStep = true;
    // After a failure nobody knows which versions the store has.
    return { kind: "read" };
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
    const nextMs = this.startedMs + this.intervalMs(view.pace, view.basis.chance);
    return { kind: "wait", untilMonotonicMs: Math.max(view.monotonicMs, nextMs) };
  }

  private intervalMs({ renewMs }: Pace, chance: number): number {
    const least = this.isInStep ? 0 : LEAST_INTERVAL;
    this.isInStep = false;
    return renewMs * (1 - chance * (1 - least));
  }
}

function lastOf(view: View, stored: StoredRegister): number {
  return view.lasts.get(machineKey(stored)) ?? 0;
}
