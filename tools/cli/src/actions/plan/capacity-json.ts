import type { Layout } from "@shardflake/core";
import type { Capacity, Load } from "@shardflake/core/capacity";

/**
 * A layout's capacity as `--json` prints it, unrounded. Probabilities and backlogs come with their natural logarithm, for
 * those too small for a number. What has no value is `null`; what no queue gives above 99.9 % of the ceiling is "unstable".
 */
export function capacityJson(layout: Layout, load: Load, capacity: Capacity): object {
  const { tickMs } = layout;
  const { exhaustion, backlog, wait, burst, disorder, numberMargin } = capacity;
  return {
    layout: sectionsJson(layout),
    idsPerSecond: load.idsPerSecond,
    machinesInUse: load.machinesInUse,
    lifetimeYears: capacity.lifetimeYears,
    endsAt: timeJson(capacity.endsAtMs),
    machines: capacity.machines,
    ceilingPerSecond: capacity.ceilingPerSecond,
    ceilingPerDatacenterPerSecond: capacity.ceilingPerDatacenterPerSecond,
    ceilingPerMachinePerSecond: capacity.ceilingPerMachinePerSecond,
    meanIdsPerTick: capacity.meanIdsPerTick,
    utilisation: capacity.utilisation,
    exhaustionProbability: exhaustion.probability,
    lnExhaustionProbability: exhaustion.lnProbability,
    exhaustionChernoffBound: exhaustion.chernoffBound,
    meanBacklogIds: backlog.kind === "stable" ? backlog.meanIds : backlog.kind,
    lnMeanBacklogIds: backlog.kind === "stable" ? backlog.lnMeanIds : backlog.kind,
    kingmanBoundIds: backlog.kind === "stable" ? backlog.kingmanBoundIds : backlog.kind,
    meanWaitTicks: wait.kind === "stable" ? wait.meanTicks : wait.kind,
    meanWaitMs: wait.kind === "stable" ? wait.meanTicks * tickMs : wait.kind,
    waitP50Ms: wait.kind === "stable" ? wait.p50Ticks * tickMs : wait.kind,
    waitP99Ms: wait.kind === "stable" ? wait.p99Ticks * tickMs : wait.kind,
    waitP999Ms: wait.kind === "stable" ? wait.p999Ticks * tickMs : wait.kind,
    burstIds: load.burstIds,
    burstLastWaitMs: burst.lastWaitTicks * tickMs,
    burstSpreadLastWaitMs: burst.spreadLastWaitTicks * tickMs,
    burstDrainMs: Number.isFinite(burst.drainTicks) ? burst.drainTicks * tickMs : null,
    randomStartLoss: capacity.randomStartLoss,
    crashesPerHour: capacity.crashesPerHour,
    collisionProbability: capacity.collisionProbability,
    uuidV4CollisionProbability: capacity.uuidV4CollisionProbability,
    uuidV7CollisionProbability: capacity.uuidV7CollisionProbability,
    numberMarginBits: numberMargin.bits,
    exactNumbersUntil: timeJson(numberMargin.exactUntilMs),
    disorderMs: disorder.boundMs,
    disorderIds: disorder.ids,
  };
}

/** Section lengths, tick and epoch, as `--layout` reads them. */
export function sectionsJson(layout: Layout): object {
  const { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs, epochMs } = layout;
  return { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs, epoch: new Date(epochMs).toISOString() };
}

/** ISO 8601, or null after the year 275760, where dates end. */
export function timeJson(timeMs: number): string | null {
  return Math.abs(timeMs) <= 8.64e15 ? new Date(timeMs).toISOString() : null;
}
