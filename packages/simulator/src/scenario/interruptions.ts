import type { RestartFault, StoreFault } from "./fault.js";
import type { Scenario } from "./scenario.js";
import { targetsOf } from "./targets.js";

/** True time since the start of the scenario; `fault` is the place of the fault that asks for it. */
interface Span {
  readonly fault: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The process stands still, its keeper included, and goes on afterwards as if nothing had happened. "process": it was
 * stopped, its host runs on. "host": the whole host stands still (migration, suspend); shardTime has what that does to
 * the clocks.
 */
export interface PauseInterruption extends Span {
  readonly kind: "pause";
  readonly of: "process" | "host";
}

/** The process stands still, and whatever its keeper asks of the store during the interval is dropped. */
export interface ZombieInterruption extends Span {
  readonly kind: "zombie";
}

/** The process ends at `fromMs`, without a word or after a release, and a new one starts at `toMs`. */
export interface RestartInterruption extends Span {
  readonly kind: "restart";
  readonly exit: RestartFault["exit"];
}

/** A copy of the process as it was at `fromMs` lives until `toMs`; its clock is shardTime's with the copy "clone". */
export interface CloneInterruption extends Span {
  readonly kind: "clone";
}

/** Trouble between the process and its store. */
export interface StoreInterruption extends Span {
  readonly kind: "store";
  readonly trouble: StoreFault["trouble"];
  readonly delayMs: number;
}

/** What a world must do to a shard's process, or between it and its store. Spans may overlap. */
export type Interruption =
  | PauseInterruption
  | ZombieInterruption
  | RestartInterruption
  | CloneInterruption
  | StoreInterruption;

/** The interruptions of one shard in the order in which they begin; where two begin together, in the faults' order. */
export function interruptionsOf(scenario: Scenario, shard: number): readonly Interruption[] {
  return scenario.faults
    .flatMap((_, place) => (targetsOf(scenario, place).includes(shard) ? interruptionOf(scenario, place) : []))
    .sort((a, b) => a.fromMs - b.fromMs || a.fault - b.fault);
}

function interruptionOf(scenario: Scenario, place: number): readonly Interruption[] {
  const fault = scenario.faults[place]!;
  const span: Span = { fault: place, fromMs: fault.atMs, toMs: fault.atMs + fault.forMs };
  switch (fault.kind) {
    case "pause":
      return [{ ...span, kind: "pause", of: "process" }];
    case "migration":
    case "suspend":
      return [{ ...span, kind: "pause", of: "host" }];
    case "zombie":
    case "clone":
      return [{ ...span, kind: fault.kind }];
    case "restart":
      return [{ ...span, kind: "restart", exit: fault.exit }];
    case "store":
      return [{ ...span, kind: "store", trouble: fault.trouble, delayMs: fault.delayMs }];
    default:
      return [];
  }
}
