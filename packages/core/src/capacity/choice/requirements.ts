import { checkOption, isAtLeastZero, isPositive } from "../check-option.js";

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
  checkOption("idsPerSecond", idsPerSecond, isPositive(idsPerSecond), "a rate above 0");
  checkOption("years", years, isPositive(years), "a number of years above 0");
  checkOption("datacenters", datacenters, isCount(datacenters), "an integer from 1");
  checkOption("machines", machines, isCount(machines), "an integer from 1");
  checkOption("maxWaitP99Ms", maxWaitP99Ms, isAtLeastZero(maxWaitP99Ms), "milliseconds, 0 or more");
  checkOption(
    "ticksMs",
    ticksMs,
    Array.isArray(ticksMs) && ticksMs.length > 0 && ticksMs.every(isCount),
    "whole milliseconds, at least one length",
  );
  checkOption("mostBits", mostBits, mostBits === 53 || mostBits === 63, "53 or 63");
  checkOption(
    "epochMs",
    epochMs,
    Number.isInteger(epochMs) && Math.abs(epochMs) <= 8.64e15,
    "Unix milliseconds of a time",
  );
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;
