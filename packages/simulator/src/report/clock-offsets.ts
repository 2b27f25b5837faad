import type { Outcome } from "../outcome/outcome.js";
import type { Scenario } from "../scenario/scenario.js";
import { targetsOf } from "../scenario/targets.js";
import { shardTime } from "../time/shard-time.js";

/** Distances of wall clocks from true time, at the same times for all shards. All numbers are milliseconds. */
export interface ClockOffsets {
  readonly atMs: readonly number[];
  readonly lines: readonly OffsetLine[];
  /** Extremes of the shards that have no line; `null` where all have one. */
  readonly others: OtherShards | null;
}

export interface OffsetLine {
  readonly shard: number;
  readonly offsetsMs: readonly number[];
}

export interface OtherShards {
  readonly shards: number;
  readonly leastMs: readonly number[];
  readonly mostMs: readonly number[];
}

/** As many as colours can be told apart. */
const MOST_LINES = 8;
/** Of larger fleets only so many are looked at, those with violations and faults first. */
const MOST_SHARDS = 1024;
/** About as many as a wide screen has room for: two times are drawn of each. */
const PARTS = 400;
/** Reads of a clock in each part, of which the extremes are drawn: what swings faster is a band then, not a random line. */
const PROBES = 7;
/** The same for a large fleet. */
const FEW_PROBES = 2;
const LARGE_FLEET = 64;
/** Faults whose edges are drawn sharply. */
const MOST_EDGES = 200;

/**
 * Samples the clocks of a scenario. Shards with violations have a line, and those whose clocks are farthest off; the rest
 * is told by its extremes.
 */
export function clockOffsets({ scenario, violations }: Outcome): ClockOffsets {
  const parts = partsOf(scenario);
  const broken = new Set(violations.map(({ shard }) => shard).filter((shard) => shard >= 0 && shard < scenario.shards));
  const shards = shardsOf(scenario, broken);
  const probes = shards.length > LARGE_FLEET ? FEW_PROBES : PROBES;
  const sampled = shards.map((shard) => sample(scenario, shard, parts, probes));
  const ranked = sampled.toSorted(
    (a, b) =>
      Number(broken.has(b.shard)) - Number(broken.has(a.shard)) || farthest(b) - farthest(a) || a.shard - b.shard,
  );
  const lines = ranked.slice(0, MOST_LINES).sort((a, b) => a.shard - b.shard);
  const atMs = [...parts.flatMap(({ fromMs, toMs }) => [fromMs, (fromMs + toMs) / 2]), scenario.durationMs];
  return { atMs, lines, others: extremes(ranked.slice(MOST_LINES)) };
}

/** A stretch of true time of which two values are drawn. */
interface Part {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Even parts, cut at both sides of every edge of a fault, so that a step looks like one. */
function partsOf({ durationMs, faults }: Scenario): readonly Part[] {
  const beforeMs = durationMs / 1e6;
  const cuts = new Set<number>();
  for (let part = 0; part <= PARTS; part++) cuts.add((part * durationMs) / PARTS);
  for (const { atMs, forMs } of faults.slice(0, MOST_EDGES)) {
    for (const edgeMs of [atMs, atMs + forMs]) cuts.add(edgeMs - beforeMs).add(edgeMs);
  }
  const sorted = [...cuts].filter((cut) => cut >= 0 && cut <= durationMs).sort((a, b) => a - b);
  return sorted.slice(1).map((toMs, part) => ({ fromMs: sorted[part]!, toMs }));
}

function shardsOf(scenario: Scenario, broken: ReadonlySet<number>): readonly number[] {
  const shards = new Set(broken);
  for (let place = 0; place < scenario.faults.length && shards.size < MOST_SHARDS; place++) {
    for (const shard of targetsOf(scenario, place)) shards.add(shard);
  }
  for (let shard = 0; shard < scenario.shards && shards.size < MOST_SHARDS; shard++) shards.add(shard);
  return [...shards].slice(0, MOST_SHARDS);
}

function sample(scenario: Scenario, shard: number, parts: readonly Part[], probes: number): OffsetLine {
  const time = shardTime(scenario, shard, "original");
  const offsetAt = (trueMs: number): number => time.wallMs(trueMs) - scenario.startMs - trueMs;
  const offsetsMs = parts.flatMap(({ fromMs, toMs }) => {
    let [least, leastAt, most, mostAt] = [Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY, 0];
    for (let probe = 0; probe < probes; probe++) {
      const offsetMs = offsetAt(fromMs + ((toMs - fromMs) * probe) / probes);
      if (offsetMs < least) [least, leastAt] = [offsetMs, probe];
      if (offsetMs > most) [most, mostAt] = [offsetMs, probe];
    }
    return leastAt <= mostAt ? [least, most] : [most, least];
  });
  offsetsMs.push(offsetAt(scenario.durationMs));
  return { shard, offsetsMs: offsetsMs.map(toMicroseconds) };
}

/** Below a microsecond there is rounding only: wall time is a number of 13 digits. Never -0. */
function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000 + 0;
}

function farthest({ offsetsMs }: OffsetLine): number {
  return offsetsMs.reduce((most, offsetMs) => Math.max(most, Math.abs(offsetMs)), 0);
}

function extremes(lines: readonly OffsetLine[]): OtherShards | null {
  const [first, ...rest] = lines;
  if (first === undefined) return null;
  const leastMs = [...first.offsetsMs];
  const mostMs = [...first.offsetsMs];
  for (const { offsetsMs } of rest) {
    offsetsMs.forEach((offsetMs, at) => {
      leastMs[at] = Math.min(leastMs[at]!, offsetMs);
      mostMs[at] = Math.max(mostMs[at]!, offsetMs);
    });
  }
  return { shards: lines.length, leastMs, mostMs };
}
