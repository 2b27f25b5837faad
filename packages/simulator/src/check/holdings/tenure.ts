import type { Holding } from "../../observation/observer.js";
import type { Maxima } from "../history/maxima.js";

/** One machine ID, with all that ever held it. */
export interface Machine {
  readonly key: number;
  /** By generation, ascending. */
  readonly tenures: Tenure[];
  /**
   * Whether each of its IDs is looked up: because two holders share a generation, or because an ID came that was not
   * larger than all before it and smaller than all of later generations.
   */
  isLookedUp: boolean;
  /** Halves of its largest ID that is not in the history any more; -1 as long as none was forgotten. */
  forgottenHigh: number;
  forgottenLow: number;
}

/** All that holds one machine ID in one generation as one holder: a process and its copies. */
export interface Tenure {
  readonly machine: Machine;
  readonly holder: string;
  readonly generation: number;
  /** Its first holding, whose row has the bar of the tenure. */
  readonly row: number;
  readonly seats: Seat[];
  /** Halves of its smallest ID; infinite before the first. */
  leastHigh: number;
  leastLow: number;
  /** Halves of the smallest ID of all higher generations; infinite as long as there is none. */
  ceilingHigh: number;
  ceilingLow: number;
}

/** One process that holds a machine ID. */
export interface Seat {
  readonly holding: number;
  readonly told: Holding;
  readonly tenure: Tenure;
  /** Of a clone: the limit that its window had when it was copied; `null` until that is told. */
  copiedLimit: number | null;
  /** Its largest IDs by completion; kept where its machine ID is looked up. */
  maxima: Maxima | null;
}

/** The seats of all lower or higher generations. */
export function seatsOf({ machine, generation }: Tenure, which: "lower" | "higher"): Seat[] {
  const isWanted = (other: Tenure): boolean =>
    which === "lower" ? other.generation < generation : other.generation > generation;
  return machine.tenures.filter(isWanted).flatMap(({ seats }) => seats);
}
