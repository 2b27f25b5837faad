import { countText, durationText, type Layout, shareText } from "@shardflake/core";
import type { Capacity, Load } from "@shardflake/core/capacity";
import { timeJson } from "./capacity-json.js";

/** A layout's capacity for people. */
export function capacityTable(layout: Layout, load: Load, capacity: Capacity): string {
  const rows: readonly (readonly [string, string])[] = [
    ["layout", layoutText(layout)],
    ["load", loadText(load, capacity)],
    ["", ""],
    ["lifetime", `${durationText(layout.lifetimeEndMs - layout.epochMs)}, until ${timeText(capacity.endsAtMs)}`],
    ["machine IDs", machinesText(layout, load, capacity)],
    ["ceiling", ceilingText(capacity)],
    ["numbers", numbersText(layout, capacity)],
    ["", ""],
    ["exhausted", exhaustedText(layout, capacity)],
    ["backlog", backlogText(capacity)],
    ["wait", waitText(layout, capacity)],
    ...burstRows(layout, load, capacity),
    ["order", orderText(load, capacity)],
    ["", ""],
    ["random start", `would cost ${shareText(capacity.randomStartLoss)} of the ceiling`],
    ["random IDs", randomText(load, capacity)],
    ["UUIDs", uuidText(capacity)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows
    .map(([name, text]) => `${name.padEnd(width)}${text}`.trimEnd())
    .join("\n")
    .concat("\n");
}

/** `41/5/5/12, tick 1 ms`. */
export function lengthsText(
  layout: Pick<Layout, "timestampBits" | "datacenterBits" | "machineBits" | "sequenceBits">,
): string {
  const { timestampBits, datacenterBits, machineBits, sequenceBits } = layout;
  return `${timestampBits}/${datacenterBits}/${machineBits}/${sequenceBits}`;
}

function layoutText(layout: Layout): string {
  const { tickMs, epochMs, totalBits } = layout;
  return (
    `${lengthsText(layout)} (timestamp/datacenter/machine/sequence, ${totalBits} bits), ` +
    `tick ${durationText(tickMs)}, from ${timeText(epochMs)}`
  );
}

function loadText({ idsPerSecond, machinesInUse }: Load, { meanIdsPerTick, utilisation }: Capacity): string {
  return (
    `${countText(idsPerSecond)} IDs/s on ${countOf(machinesInUse, "machine ID")}: ` +
    `${countText(meanIdsPerTick)} IDs a tick on each, ${shareText(utilisation)} of its ceiling`
  );
}

function machinesText(layout: Layout, { machinesInUse }: Load, { machines, crashesPerHour }: Capacity): string {
  const { datacenters, machinesPerDatacenter } = layout;
  const groups = `${countOf(datacenters, "datacenter")} × ${countText(machinesPerDatacenter)}`;
  return (
    `${countText(machines)} (${groups}), ${countText(machines - machinesInUse)} spare: ` +
    `good for ${countText(crashesPerHour)} crashes an hour`
  );
}

function ceilingText(capacity: Capacity): string {
  const { ceilingPerMachinePerSecond, ceilingPerDatacenterPerSecond, ceilingPerSecond } = capacity;
  return (
    `${countText(ceilingPerMachinePerSecond)} IDs/s a machine ID, ${countText(ceilingPerDatacenterPerSecond)} a datacenter, ` +
    `${countText(ceilingPerSecond)} in all`
  );
}

function numbersText({ epochMs }: Layout, { numberMargin: { bits, exactUntilMs } }: Capacity): string {
  if (bits >= 0) return "every ID is exact as a JavaScript number";
  const margin = `${countOf(-bits, "bit")} too long for JavaScript numbers`;
  return `${margin}; exact for the first ${durationText(exactUntilMs - epochMs)}, until ${timeText(exactUntilMs)}`;
}

function exhaustedText({ tickMs, idsPerTick }: Layout, { exhaustion }: Capacity): string {
  const { probability, lnProbability, chernoffBound } = exhaustion;
  const share = `${shareText(probability, lnProbability)} of ticks have more than ${countOf(idsPerTick, "request")}`;
  const every = probability > 0 ? `, one every ${durationText(tickMs / probability)}` : "";
  return chernoffBound > 0 ? `${share}${every} (Chernoff: at most ${shareText(chernoffBound)})` : share;
}

const UNSTABLE = "unstable: the load is above 99.9 % of what the machine IDs in use can issue";

function backlogText({ backlog }: Capacity): string {
  if (backlog.kind === "unstable") return UNSTABLE;
  const mean = backlog.meanIds > 0 ? countText(backlog.meanIds) : shareText(0, backlog.lnMeanIds);
  return `${mean} IDs on average at the end of a tick (Kingman: at most ${countText(backlog.kingmanBoundIds)})`;
}

function waitText({ tickMs }: Layout, { wait }: Capacity): string {
  if (wait.kind === "unstable") return UNSTABLE;
  const ticks = (count: number): string => (count === 0 ? "none" : durationText(count * tickMs));
  return (
    `mean ${countText(wait.meanTicks)} ticks (${durationText(wait.meanTicks * tickMs)}); ` +
    `p50 ${ticks(wait.p50Ticks)}, p99 ${ticks(wait.p99Ticks)}, p99.9 ${ticks(wait.p999Ticks)}`
  );
}

function burstRows({ tickMs }: Layout, { burstIds, machinesInUse }: Load, { burst }: Capacity): [string, string][] {
  if (burstIds === 0) return [];
  const drain = Number.isFinite(burst.drainTicks)
    ? `over after ${durationText(burst.drainTicks * tickMs)}`
    : "never over";
  const alone = `on one machine ID the last of ${countText(burstIds)} waits ${durationText(burst.lastWaitTicks * tickMs)}, ${drain}`;
  if (machinesInUse === 1) return [["burst", alone]];
  return [["burst", `${alone}; spread over all, ${durationText(burst.spreadLastWaitTicks * tickMs)}`]];
}

function orderText({ skewMs }: Load, { disorder }: Capacity): string {
  return (
    `with clocks off by ${durationText(skewMs)}, IDs made more than ${durationText(disorder.boundMs)} apart are in order ` +
    `(${countText(disorder.ids)} IDs are made meanwhile)`
  );
}

function randomText({ machinesInUse }: Load, { collisionProbability }: Capacity): string {
  const share = shareText(collisionProbability);
  return `${countOf(machinesInUse, "machine ID")} drawn at random instead of leased would collide with ${share}`;
}

function uuidText({ uuidV4CollisionProbability, uuidV7CollisionProbability }: Capacity): string {
  return (
    `of this load over the lifetime, two would be equal with ${shareText(uuidV4CollisionProbability)} (v4), ` +
    `${shareText(uuidV7CollisionProbability)} (v7)`
  );
}

function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function timeText(timeMs: number): string {
  return timeJson(timeMs)?.slice(0, 10) ?? "after the year 275760";
}
