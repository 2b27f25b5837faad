import { type Clock, createGenerator, defineLayout, type Generator, type SequenceStart } from "@shardflake/core";
import { randomStartLoss } from "@shardflake/core/capacity";
import type { Measurement, Outcome } from "../suite.js";

const IDS = 100_000;
const TICKS = 10_000;
/** Mean time between two IDs, in ticks of 1 ms: a rate at which a tick has one ID. */
const MEAN_GAP_MS = 50;
const SHARD_COUNTS = [2, 3, 8, 10, 16, 64] as const;
/** The fullest of n shards, in multiples of its fair part; chance alone gives up to 1.08 here. */
const MOST_UNEVEN = 1.1;

const layout = defineLayout();

/** What `sequenceStart` does to `id % n` at a low rate, and to the ceiling. Simulated time, so every run says the same. */
export async function skew(): Promise<Outcome> {
  const ids = { zero: idsAtLowRate("zero"), random: idsAtLowRate("random") };
  const rows = SHARD_COUNTS.map((n): Measurement => {
    const [zero, random] = [unevenness(ids.zero, n), unevenness(ids.random, n)];
    return {
      what: `id % ${n}: fullest shard against a fair part`,
      figure: `zero ${zero.toFixed(2)} ×, random ${random.toFixed(2)} ×`,
      value: random,
      bound: `random ≤ ${MOST_UNEVEN} ×`,
      holds: random <= MOST_UNEVEN,
    };
  });
  const [share, expected] = [shareOfCeiling(), 1 - randomStartLoss(layout.idsPerTick)];
  return {
    about:
      "What `sequenceStart` does to `id % n` at a low rate, and to the ceiling. Simulated time: every run says the same.",
    measurements: [
      ...rows,
      {
        what: "share of the ceiling that is left with random",
        figure: `${(share * 100).toFixed(2)} % (by the formula ${(expected * 100).toFixed(2)} %)`,
        value: share,
        bound: "the formula, ± 0.5 %",
        holds: Math.abs(share - expected) <= 0.005,
      },
    ],
    tables: [],
  };
}

function idsAtLowRate(sequenceStart: SequenceStart): bigint[] {
  const random = seededRandom(7);
  const { generator, clock } = generatorOf(sequenceStart, random);
  return Array.from({ length: IDS }, () => {
    clock.sleep(-Math.log(1 - random()) * MEAN_GAP_MS);
    return generator.next();
  });
}

function shareOfCeiling(): number {
  const { generator, clock } = generatorOf("random", seededRandom(11));
  const sinceMs = clock.now();
  clock.sleep(TICKS - 1);
  const runs = generator.reserve(TICKS * layout.idsPerTick, sinceMs);
  return runs.reduce((sum, { count }) => sum + count, 0) / (TICKS * layout.idsPerTick);
}

function unevenness(ids: readonly bigint[], n: number): number {
  const counts = new Array<number>(n).fill(0);
  for (const id of ids) counts[Number(id % BigInt(n))]!++;
  return (Math.max(...counts) / ids.length) * n;
}

function generatorOf(
  sequenceStart: SequenceStart,
  random: () => number,
): { readonly generator: Generator; readonly clock: Clock } {
  let nowMs = Date.UTC(2026, 0, 1);
  const clock: Clock = {
    now: () => nowMs,
    monotonic: () => nowMs,
    sleep: (ms) => {
      nowMs += ms;
    },
  };
  return {
    generator: createGenerator({ layout, datacenterId: 1, machineId: 3, clock, sequenceStart, random }),
    clock,
  };
}

/** mulberry32: a small generator is enough to be the same in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
