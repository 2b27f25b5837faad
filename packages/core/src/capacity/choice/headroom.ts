import { lifetimeYears } from "../lifetime.js";
import { mostMeanPerTick, servesLoad } from "./load-limit.js";
import { machinesInUse, meanPerTick, mostWaitTicks, type RequirementName, type Requirements } from "./requirements.js";
import type { SectionLengths } from "./section-lengths.js";

/** How much of one requirement a layout can meet. */
export interface Headroom {
  readonly requirement: RequirementName;
  readonly asked: number;
  /** The most the layout can do: years, datacenters, machine IDs (in a datacenter, where those count), or IDs per second. */
  readonly limit: number;
  /** What the requirement may be multiplied by before it is too much; below 1 it is too much already. */
  readonly factor: number;
}

/** The headroom of every requirement but the load's, which takes a search; see {@link loadHeadroom}. */
export function sectionHeadrooms(lengths: SectionLengths, requirements: Requirements): Headroom[] {
  const { years, datacenters, machines } = requirements;
  const { datacenterBits, machineBits } = lengths;
  const lasts = lifetimeYears(lengths);
  const whole = (requirement: RequirementName, asked: number, limit: number): Headroom => ({
    requirement,
    asked,
    limit,
    // The next whole number is the first one that does not fit.
    factor: (limit >= asked ? limit + 1 : limit) / asked,
  });
  const inYears: Headroom = { requirement: "years", asked: years, limit: lasts, factor: lasts / years };
  if (datacenters === 1) return [inYears, whole("machines", machines, 2 ** (datacenterBits + machineBits))];
  return [
    inYears,
    whole("datacenters", datacenters, 2 ** datacenterBits),
    whole("machines", machines, 2 ** machineBits),
  ];
}

/** Whether 99 of 100 requests wait no longer than they may. */
export function isLoadServed({ sequenceBits, tickMs }: SectionLengths, requirements: Requirements): boolean {
  return servesLoad(meanPerTick(requirements, tickMs), 2 ** sequenceBits, mostWaitTicks(requirements, tickMs));
}

/** How far the load may rise until more than one in a hundred waits for too long, or the queue is unstable. */
export function loadHeadroom({ sequenceBits, tickMs }: SectionLengths, requirements: Requirements): Headroom {
  const { idsPerSecond } = requirements;
  const most = mostMeanPerTick(2 ** sequenceBits, mostWaitTicks(requirements, tickMs));
  const limit = (most * machinesInUse(requirements) * 1000) / tickMs;
  return { requirement: "load", asked: idsPerSecond, limit, factor: most / meanPerTick(requirements, tickMs) };
}
