/** How many IDs one machine ID issued. */
export interface MachineCount {
  readonly datacenterId: number;
  readonly machineId: number;
  readonly count: number;
}

/** What an audit found. Every number is exact. */
export interface AuditReport {
  readonly count: number;
  /** IDs that had been seen before: `count` minus the number of distinct IDs. */
  readonly duplicates: number;
  /** IDs smaller than the one before them in the stream. */
  readonly outOfOrder: number;
  /** Largest distance of an ID's timestamp behind the latest timestamp before it, in milliseconds. */
  readonly largestInversionMs: number;
  /** IDs whose bit 63 is set. */
  readonly signBitSet: number;
  /** Pairs of tick and machine ID with more IDs than the sequence can number; only duplicates can cause one. */
  readonly overfullTicks: number;
  /** How many machine IDs issued the stream. */
  readonly machineIds: number;
  /** First ID of the stream, unsigned; null when the stream is empty. */
  readonly first: bigint | null;
  /** Last ID of the stream, unsigned; null when the stream is empty. */
  readonly last: bigint | null;
  /** One entry for every machine ID in the stream, ascending. */
  readonly machines: readonly MachineCount[];
}
