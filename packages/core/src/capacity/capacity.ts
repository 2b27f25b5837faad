import type { Layout } from "../layout.js";
import { type Backlog, backlogOf } from "./backlog.js";
import { type Burst, burstOf } from "./burst.js";
import { checkOption, isAtLeastZero, isPositive } from "./check-option.js";
import { crashesPerHour } from "./churn.js";
import { collisionProbability, uuidV4CollisionProbability, uuidV7CollisionProbability } from "./collision.js";
import { type Disorder, disorderOf } from "./disorder.js";
import { type Exhaustion, exhaustionOf } from "./exhaustion.js";
import { lifetimeYears, type NumberMargin, numberMargin } from "./lifetime.js";
import { randomStartLoss } from "./random-start.js";
import { type Wait, waitIn } from "./wait.js";

/** What is asked of a layout. */
export interface Load {
  /** All machine IDs together; requests are Poisson and spread evenly over the machine IDs in use. */
  readonly idsPerSecond: number;
  /** Machine IDs that share the load. */
  readonly machinesInUse: number;
  /** IDs asked for at once, 0 for none. */
  readonly burstIds: number;
  /** Largest distance of a clock that issues from true time. */
  readonly skewMs: number;
  /** How far limits run ahead. */
  readonly windowMs: number;
}

/** What a layout gives under a load. */
export interface Capacity {
  readonly lifetimeYears: number;
  /** First Unix millisecond that no ID can carry. */
  readonly endsAtMs: number;
  readonly numberMargin: NumberMargin;
  readonly machines: number;
  readonly ceilingPerMachinePerSecond: number;
  readonly ceilingPerDatacenterPerSecond: number;
  readonly ceilingPerSecond: number;
  /** Mean requests in a tick of one machine ID. */
  readonly meanIdsPerTick: number;
  /** Share of a machine ID's ceiling; above 1 the load cannot be served. */
  readonly utilisation: number;
  readonly exhaustion: Exhaustion;
  readonly backlog: Backlog;
  readonly wait: Wait;
  readonly burst: Burst;
  readonly randomStartLoss: number;
  readonly crashesPerHour: number;
  /** Of machine IDs drawn at random instead of leased: that two of those in use are equal. */
  readonly collisionProbability: number;
  /** Of as many UUIDs as the load makes in the layout's lifetime. */
  readonly uuidV4CollisionProbability: number;
  readonly uuidV7CollisionProbability: number;
  readonly disorder: Disorder;
}

/**
 * All that the capacity maths say about a layout under a load.
 *
 * @throws ShardflakeError `OPTION_INVALID` when a number of the load is outside its range
 */
export function capacityOf(layout: Layout, load: Load): Capacity {
  checkLoad(layout, load);
  const { idsPerSecond, machinesInUse, burstIds, skewMs, windowMs } = load;
  const { machines, machinesPerDatacenter, idsPerTick, tickMs } = layout;
  const meanIdsPerTick = (idsPerSecond * tickMs) / 1000 / machinesInUse;
  const lifetimeMs = layout.lifetimeEndMs - layout.epochMs;
  const ceilingPerMachinePerSecond = (idsPerTick * 1000) / tickMs;
  const backlog = backlogOf(meanIdsPerTick, idsPerTick);
  return {
    lifetimeYears: lifetimeYears(layout),
    endsAtMs: layout.lifetimeEndMs,
    numberMargin: numberMargin(layout),
    machines,
    ceilingPerMachinePerSecond,
    ceilingPerDatacenterPerSecond: ceilingPerMachinePerSecond * machinesPerDatacenter,
    ceilingPerSecond: layout.ceilingPerSecond,
    meanIdsPerTick,
    utilisation: meanIdsPerTick / idsPerTick,
    exhaustion: exhaustionOf(meanIdsPerTick, idsPerTick),
    backlog,
    wait: waitIn(backlog, meanIdsPerTick, idsPerTick),
    burst: burstOf(burstIds, machinesInUse, meanIdsPerTick, idsPerTick),
    randomStartLoss: randomStartLoss(idsPerTick),
    crashesPerHour: crashesPerHour(machines - machinesInUse, windowMs),
    collisionProbability: collisionProbability(machinesInUse, machines),
    uuidV4CollisionProbability: uuidV4CollisionProbability((idsPerSecond * lifetimeMs) / 1000),
    uuidV7CollisionProbability: uuidV7CollisionProbability(idsPerSecond, lifetimeMs),
    disorder: disorderOf(skewMs, tickMs, idsPerSecond),
  };
}

function checkLoad({ machines }: Layout, load: Load): void {
  const { idsPerSecond, machinesInUse, burstIds, skewMs, windowMs } = load;
  checkOption("idsPerSecond", idsPerSecond, isPositive(idsPerSecond), "a rate above 0");
  const inRange = Number.isInteger(machinesInUse) && machinesInUse >= 1 && machinesInUse <= machines;
  checkOption("machinesInUse", machinesInUse, inRange, `an integer from 1 to ${machines}`);
  checkOption("burstIds", burstIds, Number.isSafeInteger(burstIds) && burstIds >= 0, "an integer from 0 to 2^53 - 1");
  checkOption("skewMs", skewMs, isAtLeastZero(skewMs), "milliseconds, 0 or more");
  checkOption("windowMs", windowMs, isPositive(windowMs), "milliseconds above 0");
}
