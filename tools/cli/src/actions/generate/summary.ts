import type { Layout } from "@shardflake/core";
import type { Delivered } from "@shardflake/pool";

/** What a run of `generate` did. */
export interface Generated {
  readonly layout: Layout;
  readonly delivered: Delivered;
  /** From the first request to the last ID, start-up apart. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** 0 when no thread was started. */
  readonly shards: number;
  readonly lanes: number;
  readonly machineIds: number;
}

/** The object that `--stats` writes. */
export interface GenerateStats {
  readonly count: number;
  readonly seconds: number;
  readonly idsPerSecond: number;
  readonly ceilingPerSecond: number;
  /** Share of the ceiling, counted over the ticks from the first to the last; never above 1. */
  readonly utilisation: number;
  readonly shards: number;
  readonly lanes: number;
  readonly machineIds: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

export function statsOf({
  layout,
  delivered,
  seconds,
  cpuSeconds,
  shards,
  lanes,
  machineIds,
}: Generated): GenerateStats {
  const { count, ticks } = delivered;
  const ceilingPerTick = machineIds * layout.idsPerTick;
  return {
    count,
    seconds,
    idsPerSecond: seconds > 0 ? count / seconds : 0,
    ceilingPerSecond: (ceilingPerTick * 1000) / layout.tickMs,
    utilisation: ticks === null ? 0 : count / ((ticks.last - ticks.first + 1) * ceilingPerTick),
    shards,
    lanes,
    machineIds,
    cpuSeconds,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** One line for people. */
export function summaryOf(generated: Generated): string {
  const { count, seconds, idsPerSecond, utilisation, shards, machineIds } = statsOf(generated);
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  return (
    `${number.format(count)} IDs in ${seconds.toFixed(2)} s (${number.format(idsPerSecond)}/s, ` +
    `${(utilisation * 100).toFixed(1)} % of the ceiling of ${machineIds} machine IDs in ${shards} shards)\n`
  );
}
