import type { Layout } from "./layout.js";
import type { Run } from "./run.js";

/** Counters of one generator. */
export interface GeneratorStats {
  /** IDs issued. */
  readonly issued: number;
  /** Times a call had to wait: for the next tick, or for the window. */
  readonly waits: number;
}

/** Issues the IDs of one machine ID, strictly increasing, only inside its window, whatever its clock reads. */
export interface Generator {
  readonly layout: Layout;
  readonly datacenterId: number;
  readonly machineId: number;
  /**
   * One ID. Sleeps while the tick is exhausted or the window is not yet extended.
   * @throws ClockError `CLOCK_BEHIND` (the clock is further behind the last tick than `maxWaitMs`), `CLOCK_UNREADABLE`
   * @throws LayoutError `EPOCH_IN_FUTURE`, `LIFETIME_OVER`
   * @throws ShardflakeError `WINDOW_EXHAUSTED` (not extended within `maxWaitMs`), `CANNOT_BLOCK` (this thread may not sleep)
   * @throws whatever the window throws when it is lost
   */
  next(): bigint;
  /** Like {@link next}, but `undefined` instead of a sleep. */
  tryNext(): bigint | undefined;
  /** Like {@link next}, but waits without blocking the thread. */
  nextAsync(): Promise<bigint>;
  /** Like {@link next}, as a number. @throws LayoutError `NUMBER_INEXACT` in a layout of more than 53 bits */
  nextNumber(): number;
  /** Last tick issued, or the floor of the window where that is above. */
  readonly lastTick: number;
  /**
   * Reserves up to `count` IDs that may be issued at this moment, without waiting and without writing one: what is left
   * of the last tick, then every tick since `sinceMs` (this generator's own clock when the request arrived; later
   * readings count as now). Returns runs in ascending order, none when nothing may be issued yet.
   * @throws as {@link next}, `CLOCK_BEHIND`, `CANNOT_BLOCK` and `WINDOW_EXHAUSTED` apart
   */
  reserve(count: number, sinceMs: number): Run[];
  /**
   * The same for one tick, where the caller has read the clock and the tick is not after now; for a shard, which goes
   * tick by tick over its lanes. Allocates nothing: returns how many IDs were reserved, 0 to `count`. Their sequences
   * end below {@link nextSequence}.
   * @throws LayoutError `SECTION_OUT_OF_RANGE`, ShardflakeError `COUNT_INVALID`, whatever a lost window throws
   */
  reserveTick(count: number, tick: number): number;
  /** The sequence that the next ID of the last tick would have. */
  readonly nextSequence: number;
  /**
   * Fills `view` with consecutive reservations, sleeping in between. Ascending.
   * @throws as {@link next}; ShardflakeError `OPTION_INVALID` when it is no BigUint64Array
   */
  fill(view: BigUint64Array): void;
  /** What it has done since it was created. */
  stats(): GeneratorStats;
}
