/** An interval in which a process stands still, in milliseconds of true time since the start of the scenario. */
export interface Standstill {
  /** Place of the fault in the scenario. */
  readonly fault: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * One process of a subject, from its start to its end. Processes share nothing, so each is run by itself. A clone is a
 * fresh process with the same machine ID and the clone's clock: what a foreign generator remembers cannot be copied.
 */
export interface Life {
  readonly shard: number;
  readonly copy: "original" | "clone";
  /** Counts the processes of this machine ID from 1 on; a clone has the number of its original. */
  readonly generation: number;
  /** The fault that this process owes its existence to (a restart, a clone), by its place in the scenario. */
  readonly origin: number | null;
  readonly fromMs: number;
  readonly toMs: number;
  /** Whether it is killed at `toMs`, or outlives the scenario and may still answer what it was asked before. */
  readonly end: "killed" | "scenario-over";
  readonly standstills: readonly Standstill[];
}
