/** One holder of one machine ID: whoever has it in one generation. */
export interface Holding {
  readonly shard: number;
  /** Different for every acquire. */
  readonly holder: string;
  readonly datacenterId: number;
  readonly machineId: number;
  readonly generation: number;
  /** The ticks it may issue are above the floor. */
  readonly floor: number;
  /**
   * Whether it is the process itself or a copy of it, which the promise does not cover inside the window it was copied
   * in. A clone has holder, machine ID, generation and floor of its original, and the first limit told of it is the one
   * that it was copied with. What a clone acquires later is an original.
   */
  readonly copy: "original" | "clone";
}

/**
 * What a world tells. All that a checker knows comes from here and from the layout. Times are true time in milliseconds
 * since the start of the scenario; calls come in the order of completion. Holdings and faults are named by number, and
 * IDs come as Uint32 halves, because a world makes millions of these calls a second.
 */
export interface Observer {
  /** A new holder. Returns nothing: holdings are numbered 0, 1, 2 … in the order of these calls. */
  held(holding: Holding, atMs: number): void;
  /** The holding's window was raised to this limit; told before the first ID above the old one. */
  extended(holding: number, limit: number, atMs: number): void;
  /**
   * The holding ended: released, lost or killed. It may still complete IDs of its window where it is paused.
   * @param limit highest tick that it may have issued: where it was released, its last tick (or its floor), which is
   * where its successor starts; otherwise the limit it had
   */
  ended(holding: number, limit: number, atMs: number): void;
  /**
   * One request, or a part of it, was answered with `count` consecutive IDs from (high, low) on.
   * @param errorMs largest distance of the issuing clock from true time while they were made, rounded up: what the clock
   * reads as Unix milliseconds has a resolution of 2^-12 ms
   */
  issued(
    holding: number,
    requestedMs: number,
    completedMs: number,
    errorMs: number,
    high: number,
    low: number,
    count: number,
  ): void;
  /** A request for `count` IDs was refused with a typed error, or with another one (`code` null). */
  refused(shard: number, requestedMs: number, completedMs: number, count: number, code: string | null): void;
  /** A request for `count` IDs was still waiting for its answer when the run ended. */
  unanswered(shard: number, requestedMs: number, endMs: number, count: number): void;
  /** A process was told the horizon: no request that begins after this gets an ID of that tick, or below, from anybody. */
  horizon(tick: number, atMs: number): void;
  /** A scheduled fault had an effect that somebody could see; by its place in the scenario. */
  faultSeen(fault: number, shard: number, atMs: number): void;
  /** A branch that matters was taken, such as "takeover" or "answer-lost-after-write". */
  branch(name: string): void;
}
