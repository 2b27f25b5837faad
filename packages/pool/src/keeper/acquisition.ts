import { type LayoutError, ShardflakeError } from "@shardflake/core";
import { LeaseUnavailableError } from "../errors.js";
import { type AcquirePlan, planAcquire } from "../register/acquire.js";
import { planBackfill } from "../register/backfill.js";
import { markOf } from "../register/horizon.js";
import { passedOver, passedOverMessage } from "../register/passed-over.js";
import type { StoredRegister } from "../register/register.js";
import { Attempts } from "./attempts.js";
import type { KeeperEffect } from "./keeper-protocol.js";
import type { AcquireRequest } from "./lease.js";
import type { Operation, Step, View } from "./operation.js";
import { isPassing, storeFailure } from "./store-failure.js";

/** A clock that is wrong may be set right while the request waits. */
const CLOCK_CODES: readonly string[] = ["CLOCK_AHEAD", "CLOCK_BEHIND"];

/**
 * Takes registers, all or none, and waits for them within the bound of the request. Reads them once more before live ones
 * are granted: whoever asks for the horizon writes the mark and then reads the holders, so that either this keeper sees the
 * mark, or it is seen among the holders.
 */
export class Acquisition implements Operation {
  readonly rank = 2;
  dueMs: number;
  failures = 0;
  conflicts = 0;
  private readonly requestId: number;
  private readonly request: AcquireRequest;
  private readonly holder: string;
  private readonly attempts = new Attempts();
  private deadlineMs: number;
  private abandoned: ShardflakeError | null = null;
  private warnings: readonly KeeperEffect[] = [];

  constructor(requestId: number, request: AcquireRequest, holder: string, monotonicMs: number) {
    this.requestId = requestId;
    this.request = request;
    this.holder = holder;
    this.dueMs = monotonicMs;
    this.deadlineMs = monotonicMs + request.waitMs;
  }

  /** No more waiting. Returns the refusal; an operation in flight gives it with its next answer, unless that is a grant. */
  abandon(monotonicMs: number): KeeperEffect {
    this.deadlineMs = monotonicMs;
    this.abandoned = new ShardflakeError(
      "KEEPER_CLOSED",
      "Expected an open keeper, but it was closed while it waited for a machine ID.",
    );
    return this.refusal(this.abandoned);
  }

  begin(): Step {
    return { kind: "read" };
  }

  afterRead(view: View): Step {
    const landed = this.attempts.landed(view.basis.registers);
    if (landed !== undefined) return this.granted(view, landed);
    try {
      const plan = this.plan(view);
      this.warnings = this.warningsOf(view);
      if (plan.kind !== "write") return this.wait(view, this.unavailable(view, plan), waitOf(plan));
      this.attempts.add(plan.writes);
      return { kind: "write", writes: plan.writes };
    } catch (error) {
      if (!(error instanceof ShardflakeError)) throw error;
      return CLOCK_CODES.includes(error.code) ? this.wait(view, error, view.pace.pollMs) : this.refuse(error);
    }
  }

  afterWrite(view: View, written: readonly StoredRegister[]): Step {
    return this.request.wanted.purpose === "live" ? { kind: "read" } : this.granted(view, written);
  }

  afterConflict(_view: View, nonce: string): Step {
    this.attempts.drop(nonce);
    return { kind: "read" };
  }

  afterFailure(view: View, error: unknown): Step | undefined {
    if (isPassing(error) && view.monotonicMs < this.deadlineMs) return undefined;
    return this.refuse(storeFailure(error));
  }

  private plan(view: View): AcquirePlan {
    const { count, among, wanted } = this.request;
    const common = { count, among, holder: this.holder };
    if (wanted.purpose === "live") return planAcquire(view.basis, { ...common, conflicts: this.conflicts });
    return planBackfill(view.basis, { ...common, afterTick: wanted.afterTick, toTick: wanted.toTick });
  }

  private granted(view: View, written: readonly StoredRegister[]): Step {
    const effects: KeeperEffect[] = written.flatMap((stored) => view.holdings.add(stored));
    const mark = this.request.wanted.purpose === "live" ? markOf(view.basis) : 0;
    const grants = written.map(({ datacenterId, machineId, register }) => {
      const { generation, limit, purpose } = register;
      return { datacenterId, machineId, generation, floor: Math.max(register.floor, mark), limit, purpose };
    });
    effects.push(...this.warnings, { kind: "granted", requestId: this.requestId, grants });
    return { kind: "finish", effects };
  }

  private warningsOf({ basis }: View): KeeperEffect[] {
    const { among, wanted } = this.request;
    if (wanted.purpose !== "live") return [];
    return passedOver(basis, among).map((stored) => {
      const message = passedOverMessage(basis, stored);
      return { kind: "warned", warning: { code: "FLOOR_FAR_AHEAD", message } };
    });
  }

  private wait(view: View, error: ShardflakeError, waitMs: number): Step {
    if (view.monotonicMs >= this.deadlineMs) return this.refuse(error);
    const untilMonotonicMs = Math.min(this.deadlineMs, view.monotonicMs + Math.min(waitMs, view.pace.pollMs));
    return { kind: "wait", untilMonotonicMs };
  }

  private unavailable(view: View, plan: Exclude<AcquirePlan, { kind: "write" }>): LeaseUnavailableError {
    const { layout } = view.basis;
    const { count, among, wanted, waitMs } = this.request;
    const of = among === null ? layout.machines : among.length;
    const expected = `Expected ${count} free machine IDs for ${wanted.purpose} IDs among ${of} within ${waitMs} ms`;
    if (plan.kind === "taken") {
      return new LeaseUnavailableError(
        "MACHINE_IDS_TAKEN",
        `${expected}, got ${plan.free} free and ${plan.claimed} claimed by others. Stop a holder, wait longer, allow ` +
          "more machine IDs, or give a dead holder's back with `shardflake machines release`.",
      );
    }
    return new LeaseUnavailableError(
      "FLOOR_AHEAD",
      `${expected}, got ${plan.free}: the others are spent up to a time that this clock reaches in ${plan.waitMs} ms. ` +
        "Wait as long, allow more machine IDs, or set the clock right if it is behind.",
      { retryAfterMs: plan.waitMs },
    );
  }

  private refuse(error: ShardflakeError | LayoutError): Step {
    return { kind: "finish", effects: [this.refusal(error)] };
  }

  private refusal(error: ShardflakeError | LayoutError): KeeperEffect {
    return { kind: "refused", requestId: this.requestId, error: this.abandoned ?? error };
  }
}

function waitOf(plan: Exclude<AcquirePlan, { kind: "write" }>): number {
  return plan.kind === "floor-ahead" ? plan.waitMs : Number.POSITIVE_INFINITY;
}
