import { describeValue, ShardflakeError } from "../../errors.js";

/** What a layout must be able to do. */
export interface Requirements {
  /** At the peak, all machine IDs together; requests are Poisson and spread evenly over the machine IDs asked for. */
  readonly idsPerSecond: number;
  /** From the epoch on, of 365.2425 days. */
  readonly years: number;
  /** 1 where datacenters are of no concern: then machine IDs only count as a whole. */
  readonly datacenters: number;
  /** In each datacenter. */
  readonly machines: number;
  /** 99 of 100 requests must get their ID within so many milliseconds, counted in whole ticks. */
  readonly maxWaitP99Ms: number;
  /** Lengths of a tick to choose from. */
  readonly ticksMs: readonly number[];
  /** 63, or 53 where every ID must be exact as a JavaScript number. */
  readonly mostBits: 53 | 63;
  readonly epochMs: number;
}

/** One of the things that are asked for, and may be too much. */
export type RequirementName = "years" | "datacenters" | "machines" | "load";

/** Machine IDs in use, all datacenters together. */
export function machinesInUse({ datacenters, machines }: Requirements): number {
  return datacenters * machines;
}

/** Mean requests in a tick of one machine ID. */
export function meanPerTick(requirements: Requirements, tickMs: number): number {
  return (requirements.idsPerSecond * tickMs) / 1000 / machinesInUse(requirements);
}

/** Whole ticks that 99 of 100 requests may wait at most. */
export function mostWaitTicks({ maxWaitP99Ms }: Requirements, tickMs: number): number {
  return Math.floor(maxWaitP99Ms / tickMs);
}

/** @throws ShardflakeError `OPTION_INVALID` when a requirement is outside its range */
export function checkRequirements(requirements: Requirements): void {
  const { idsPerSecond, years, datacenters, machines, maxWaitP99Ms, ticksMs, mostBits, epochMs } = requirements;
  check("idsPerSecond", idsPerSecond, isPositive(idsPerSecond), "a rate above 0");
  check("years", years, isPositive(years), "a number of years above 0");
  check("datacenters", datacenters, isCount(datacenters), "an integer from 1");
  check("machines", machines, isCount(machines), "an integer from 1");
  const isWait = maxWaitP99Ms >= 0 && maxWaitP99Ms < Number.POSITIVE_INFINITY;
  check("maxWaitP99Ms", maxWaitP99Ms, isWait, "milliseconds, 0 or more");
  check("ticksMs", ticksMs, ticksMs.length > 0 && ticksMs.every(isCount), "whole milliseconds, at least one length");
  check("mostBits", mostBits, mostBits === 53 || mostBits === 63, "53 or 63");
  check("epochMs", epochMs, Number.isInteger(epochMs) && Math.abs(epochMs) <= 8.64e15, "Unix milliseconds of a time");
}

const isPositive = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;

function check(name: string, value: unknown, isRight: boolean, expected: string): void {
  if (isRight) return;
  throw new ShardflakeError("OPTION_INVALID", `Expected \`${name}\` to be ${expected}, got ${describeValue(value)}.`);
}
