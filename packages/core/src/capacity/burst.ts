/** What becomes of many IDs that are asked for at once. */
export interface Burst {
  /** Wait of the last one, in ticks, when one machine ID that was idle gets the whole burst. */
  readonly lastWaitTicks: number;
  /** The same when it is spread evenly over the machine IDs in use. */
  readonly spreadLastWaitTicks: number;
  /**
   * Ticks until one machine ID has worked it off beside its mean load: n / (c − λ), the fluid limit. Infinity where the
   * load is at or above the ceiling.
   */
  readonly drainTicks: number;
}

/** The tick in which a burst begins gives c IDs, and so does every one after it: the n-th waits ⌈n/c⌉ − 1 ticks. */
export function burstOf(burstIds: number, machinesInUse: number, meanPerTick: number, idsPerTick: number): Burst {
  const lastWaitTicks = (ids: number): number => Math.max(0, Math.ceil(ids / idsPerTick) - 1);
  return {
    lastWaitTicks: lastWaitTicks(burstIds),
    spreadLastWaitTicks: lastWaitTicks(Math.ceil(burstIds / machinesInUse)),
    drainTicks: burstIds / Math.max(0, idsPerTick - meanPerTick) || 0,
  };
}
