/** What a subject did that the checks do not know of. */
export interface Tally {
  /** Refusals by the name of their error. */
  readonly throws: ReadonlyMap<string, number>;
  /** Requests that were not answered, though the process had time enough. */
  readonly hangs: number;
  /** Requests under way when their process was killed. */
  readonly lost: number;
  /** Values that are no ID; the first few of them. */
  readonly misshapen: number;
  readonly misshapenFirst: readonly MisshapenId[];
  /** Faults that somebody saw, by their place in the scenario. */
  readonly seenFaults: ReadonlySet<number>;
}

/** Something that came instead of an ID. */
export interface MisshapenId {
  readonly shard: number;
  readonly atMs: number;
  readonly value: string;
}
