import { type Layout, ShardflakeError } from "../../src/index.js";
import type { Call, ClockKind } from "./history.js";
import type { Scenario } from "./scenario.js";

/** Says what is wrong with the calls, or nothing. */
type Check = (calls: readonly Call[], scenario: Scenario, clockKind: ClockKind) => string | undefined;

interface Sections {
  readonly tick: bigint;
  readonly machine: bigint;
  readonly sequence: bigint;
}

/** Takes an ID apart by the definition of the layout, with nothing of the code that is tested. */
function sectionsOf(layout: Layout, id: bigint): Sections {
  const { sequenceBits, machineBits, datacenterBits } = layout;
  const machineShift = BigInt(sequenceBits);
  const tickShift = BigInt(sequenceBits + machineBits + datacenterBits);
  return {
    tick: id >> tickShift,
    machine: (id >> machineShift) & ((1n << BigInt(machineBits + datacenterBits)) - 1n),
    sequence: id & ((1n << machineShift) - 1n),
  };
}

const strictlyIncreasing: Check = (calls) => {
  let previous = -1n;
  for (const { kind, ids } of calls) {
    for (const { first, last } of ids) {
      if (first <= previous) return `${kind} issued ${first} after ${previous}`;
      if (last < first) return `${kind} issued a run from ${first} to ${last}`;
      previous = last;
    }
  }
  return undefined;
};

const insideWindow: Check = (calls, { layout, floor }) => {
  for (const { kind, ids, admittedTick } of calls) {
    for (const { first, last } of ids) {
      const from = Number(sectionsOf(layout, first).tick);
      const to = Number(sectionsOf(layout, last).tick);
      if (from <= floor) return `${kind} issued tick ${from}, floor ${floor}`;
      if (to > admittedTick) return `${kind} issued tick ${to}, admitted up to ${admittedTick}`;
    }
  }
  return undefined;
};

const sectionsInRange: Check = (calls, { layout, datacenterId, machineId }) => {
  const owner = (BigInt(datacenterId) << BigInt(layout.machineBits)) | BigInt(machineId);
  for (const { kind, ids } of calls) {
    for (const { first, last } of ids) {
      if (first <= 0n || last >> 63n !== 0n) return `${kind} issued ${first} to ${last}`;
      const start = sectionsOf(layout, first);
      const end = sectionsOf(layout, last);
      if (start.machine !== owner || end.machine !== owner)
        return `${kind} issued ${first}, not of machine ID ${owner}`;
      if (start.tick < 1n || end.tick > BigInt(layout.maxTick)) return `${kind} issued tick ${start.tick}`;
      if (start.tick !== end.tick || start.sequence > end.sequence) return `${kind} issued a run over several ticks`;
    }
  }
  return undefined;
};

const atMostIdsPerTick: Check = (calls, { layout }) => {
  const counts = new Map<bigint, bigint>();
  for (const { kind, ids } of calls) {
    for (const { first, last } of ids) {
      const { tick } = sectionsOf(layout, first);
      const count = (counts.get(tick) ?? 0n) + (last - first + 1n);
      if (count > BigInt(layout.idsPerTick)) return `${kind} issued ${count} IDs in tick ${tick}`;
      counts.set(tick, count);
    }
  }
  return undefined;
};

const honestTime: Check = (calls, { layout }, clockKind) => {
  if (clockKind === "hostile") return undefined;
  for (const { kind, ids, earliestTick, latestTick } of calls) {
    for (const { first } of ids) {
      const tick = Number(sectionsOf(layout, first).tick);
      if (tick < earliestTick || tick > latestTick)
        return `${kind} issued ${tick}, not in ${earliestTick} … ${latestTick}`;
    }
  }
  return undefined;
};

const allOrTypedError: Check = (calls) => {
  for (const { kind, ids, wanted, error } of calls) {
    const count = ids.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
    if (error !== undefined) {
      if (!(error instanceof ShardflakeError) || typeof error.code !== "string") return `${kind} threw ${error}`;
    } else if (count > BigInt(wanted)) return `${kind} issued ${count} IDs, asked for ${wanted}`;
    else if (count < BigInt(wanted) && !kind.startsWith("reserve") && kind !== "tryNext")
      return `${kind} issued ${count} IDs, asked for ${wanted}, and said nothing`;
  }
  return undefined;
};

/** What holds whatever the clock does. */
export const guarantees = {
  "issues strictly increasing IDs, hence none twice": strictlyIncreasing,
  "issues only above the floor and up to what the window admitted": insideWindow,
  "keeps every section in its range and the sign bit 0": sectionsInRange,
  "issues no more than idsPerTick in a tick": atMostIdsPerTick,
  "stamps a tick between request and completion wherever its clock is steady": honestTime,
  "issues what was asked for or throws a ShardflakeError": allOrTypedError,
} as const satisfies Record<string, Check>;

export type Guarantee = keyof typeof guarantees;
