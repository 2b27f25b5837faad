import type { Fault } from "../scenario/fault.js";
import type { Bounds, Load } from "../scenario/scenario.js";
import type { Stage } from "./stage.js";

/** A generator refuses a request that has waited for so long. */
const LONGEST_WAIT_MS = 20_000;
/** For what takes no time of the scenario's own: processes that start, messages on their way, ticks that are waited for. */
const SLACK_MS = 2000;
/** A step back of less is absorbed, not refused. */
const TOLERANCE_MS = 10_000;
/** Least share that is always asked for, and what is never asked for. */
const MOST_SERVED = 0.98;

/**
 * What may be asked of a generator under these faults. While a shard is down, stands still or has its clock behind, it
 * serves nobody; afterwards it does as soon as its old claim has lapsed and its clock has passed the floor.
 * No share is asked for where every shard always asks for more: it is refused far faster than it could be served.
 */
export function boundsFor(faults: readonly Fault[], load: Load, { durationMs, windowMs }: Stage): Bounds {
  const total = (measure: (fault: Fault) => number): number =>
    faults.reduce((sum, fault) => sum + Math.max(0, measure(fault)), 0);
  const lapseMs = 3 * windowMs + SLACK_MS;
  const backMs = total(behindMs);
  const outMs =
    total((fault) => absentMs(fault) + unusableMs(fault, windowMs) + (takesLease(fault) ? lapseMs : 0)) + backMs;
  const served = MOST_SERVED - outMs / durationMs;
  return {
    stallMs: Math.ceil(LONGEST_WAIT_MS + SLACK_MS + total(absentMs)),
    served: load.kind === "saturating" ? 0 : Math.max(0, Math.floor(served * 1000) / 1000),
    recoveryMs: Math.ceil(lapseMs + backMs),
  };
}

/** While nothing runs. */
function absentMs(fault: Fault): number {
  switch (fault.kind) {
    case "pause":
    case "migration":
    case "suspend":
    case "zombie":
    case "restart":
      return fault.forMs;
    default:
      return 0;
  }
}

/** While the clock shows what no generator can use, or what lies beyond its window, or the store is away. */
function unusableMs(fault: Fault, windowMs: number): number {
  switch (fault.kind) {
    case "strobe":
      return Math.abs(fault.byMs) > Math.min(TOLERANCE_MS, windowMs / 2) ? fault.forMs : 0;
    case "frozen":
    case "wrong-year":
    case "rollover":
    case "store":
      return fault.forMs;
    default:
      return 0;
  }
}

/** By how much it leaves the clock behind what it has shown. */
function behindMs(fault: Fault): number {
  switch (fault.kind) {
    case "step":
      return Math.abs(fault.byMs);
    case "strobe":
      return Math.abs(fault.byMs);
    case "migration":
      return fault.behindMs;
    case "suspend":
      return fault.wall === "stays-behind" ? fault.forMs : 0;
    case "restart":
      return fault.clockBehindMs;
    case "zombie":
      return Math.abs(fault.stepMs);
    case "clone":
      return fault.rewindMs;
    case "coarse":
      return fault.granularityMs;
    case "leap-second":
    case "leap-smear":
      return 1000;
    default:
      return 0;
  }
}

function takesLease({ kind }: Fault): boolean {
  return ["restart", "zombie", "clone", "pause", "migration", "suspend", "store"].includes(kind);
}
