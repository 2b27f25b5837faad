import { horizonOf, planHorizon } from "../register/horizon.js";
import type { KeeperEffect } from "./keeper-protocol.js";
import type { Operation, Step, View } from "./operation.js";
import { isPassing, storeFailure } from "./store-failure.js";

/**
 * Finds the horizon: reads the registers, brings the mark forward, and reads them once more. The answer rests on the last
 * reading alone, so a write whose answer was lost, or that was refused, costs nothing but another one.
 */
export class HorizonReading implements Operation {
  readonly rank = 3;
  dueMs: number;
  failures = 0;
  conflicts = 0;
  private readonly requestId: number;
  private readonly deadlineMs: number;
  private isForward = false;

  constructor(requestId: number, monotonicMs: number, mostMs: number) {
    this.requestId = requestId;
    this.dueMs = monotonicMs;
    this.deadlineMs = monotonicMs + mostMs;
  }

  begin(): Step {
    return { kind: "read" };
  }

  afterRead({ basis }: View): Step {
    const writes = this.isForward ? [] : planHorizon(basis);
    if (writes.length > 0) return { kind: "write", writes };
    return this.finish({ kind: "horizon", requestId: this.requestId, tick: horizonOf(basis) });
  }

  afterWrite(): Step {
    this.isForward = true;
    return { kind: "read" };
  }

  afterConflict(): Step {
    return { kind: "read" };
  }

  afterFailure(view: View, error: unknown): Step | undefined {
    if (isPassing(error) && view.monotonicMs < this.deadlineMs) return undefined;
    return this.finish({ kind: "refused", requestId: this.requestId, error: storeFailure(error) });
  }

  private finish(effect: KeeperEffect): Step {
    return { kind: "finish", effects: [effect] };
  }
}
