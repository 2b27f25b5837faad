import type { Fault } from "../scenario/fault.js";
import type { Bounds } from "../scenario/scenario.js";
import type { Stage } from "./stage.js";

/**
 * What may be asked of a generator under these faults: while a shard is down or its clock is behind, nothing; afterwards,
 * that it serves again once its claim has lapsed and its clock has passed its floor.
 */
export function boundsFor(faults: readonly Fault[], { durationMs, windowMs }: Stage): Bounds {
  const outagesMs = faults.map((fault) => outageMs(fault, windowMs));
  const stallMs = Math.ceil(outagesMs.reduce((total, ms) => total + ms, 3 * windowMs + 1000));
  const served = Math.max(0, 0.95 - outagesMs.reduce((total, ms) => total + ms, 0) / durationMs);
  return { stallMs, served: Math.round(served * 1000) / 1000, recoveryMs: stallMs };
}

/** How long a fault may keep a shard from serving, from its beginning on. */
function outageMs(fault: Fault, windowMs: number): number {
  const lapseMs = 2 * windowMs;
  switch (fault.kind) {
    case "step":
    case "strobe":
      return fault.forMs + Math.abs(fault.byMs);
    case "migration":
      return fault.forMs + fault.behindMs + lapseMs;
    case "restart":
      return fault.forMs + fault.clockBehindMs + lapseMs + windowMs;
    case "zombie":
      return fault.forMs + Math.abs(fault.stepMs) + lapseMs + windowMs;
    case "clone":
      return fault.forMs + lapseMs + windowMs;
    case "pause":
    case "suspend":
    case "store":
      return fault.forMs + lapseMs + windowMs;
    case "coarse":
      return fault.granularityMs;
    case "frozen":
    case "wrong-year":
    case "rollover":
      return fault.forMs + windowMs;
    default:
      return 2000;
  }
}
