import { ShardflakeError } from "@shardflake/core";
import { LeaseUnavailableError } from "../errors.js";
import { planReserve } from "../register/backfill.js";
import { findRegister } from "../register/candidates.js";
import { checkMachineId } from "../register/machine-id.js";
import { planRaise } from "../register/raise.js";
import type { MachineId, RegisterWrite, StoredRegister } from "../register/register.js";
import { planForceRelease } from "../register/release.js";
import { Attempts } from "./attempts.js";
import type { KeeperEffect } from "./keeper-protocol.js";
import type { Operation, Step, View } from "./operation.js";
import { isPassing, storeFailure } from "./store-failure.js";

/** A change of registers that a person asked for. */
export type Adjustment =
  | { readonly kind: "reserve"; readonly count: number }
  | { readonly kind: "force-release"; readonly id: MachineId }
  | { readonly kind: "raise-floors"; readonly toMs: number };

/** Sets registers aside for backfill, ends a claim by force, or spends all registers up to a time. */
export class Adjusting implements Operation {
  readonly rank = 2;
  dueMs: number;
  failures = 0;
  conflicts = 0;
  private readonly requestId: number;
  private readonly adjustment: Adjustment;
  private readonly deadlineMs: number;
  private readonly attempts = new Attempts();

  constructor(requestId: number, adjustment: Adjustment, monotonicMs: number, mostMs: number) {
    this.requestId = requestId;
    this.adjustment = adjustment;
    this.dueMs = monotonicMs;
    this.deadlineMs = monotonicMs + mostMs;
  }

  begin(): Step {
    return { kind: "read" };
  }

  afterRead(view: View): Step {
    const landed = this.attempts.landed(view.basis.registers);
    if (landed !== undefined) return this.finished(landed);
    try {
      const plan = this.plan(view);
      if (plan.kind === "nothing") return this.finished(plan.registers);
      this.attempts.add(plan.writes);
      return plan;
    } catch (error) {
      if (!(error instanceof ShardflakeError)) throw error;
      return this.refused(error);
    }
  }

  afterWrite(_view: View, written: readonly StoredRegister[]): Step {
    return this.finished(written);
  }

  afterConflict(_view: View, nonce: string): Step {
    this.attempts.drop(nonce);
    return { kind: "read" };
  }

  afterFailure(view: View, error: unknown): Step | undefined {
    if (isPassing(error) && view.monotonicMs < this.deadlineMs) return undefined;
    return this.refused(storeFailure(error));
  }

  private plan(
    view: View,
  ):
    | { readonly kind: "write"; readonly writes: readonly RegisterWrite[] }
    | { readonly kind: "nothing"; readonly registers: readonly StoredRegister[] } {
    if (this.adjustment.kind === "force-release") {
      const id = checkMachineId(view.basis.layout, this.adjustment.id);
      const stored = findRegister(view.basis.registers, id);
      if (stored.version === 0) return { kind: "nothing", registers: [stored] };
      return { kind: "write", writes: [planForceRelease(view.basis, stored)] };
    }
    if (this.adjustment.kind === "raise-floors") {
      return { kind: "write", writes: planRaise(view.basis, this.adjustment.toMs) };
    }
    const { count } = this.adjustment;
    if (count === 0) return { kind: "nothing", registers: [] };
    const plan = planReserve(view.basis, count);
    if (plan.kind === "write") return plan;
    throw new LeaseUnavailableError(
      "MACHINE_IDS_TAKEN",
      `Expected ${count} machine IDs that nobody has used yet, to set them aside for backfill, got ` +
        `${plan.kind === "taken" ? plan.free : 0}. A machine ID that was ever live cannot be set aside.`,
    );
  }

  private finished(registers: readonly StoredRegister[]): Step {
    return this.finish({ kind: "finished", requestId: this.requestId, registers });
  }

  private refused(error: ShardflakeError): Step {
    return this.finish({ kind: "refused", requestId: this.requestId, error });
  }

  private finish(effect: KeeperEffect): Step {
    return { kind: "finish", effects: [effect] };
  }
}
