import { setTimeout as sleep } from "node:timers/promises";
import { type Generator, type Layout, systemClock, tickAt, tickStartMs } from "@shardflake/core";
import type { Pool } from "@shardflake/pool";
import { exponentialStream } from "../load/exponential.js";
import { BATCHES, type Estimate, estimateOf } from "./estimate.js";
import { type QueueEstimates, QueueTally } from "./queue-tally.js";

/** How long a queue is measured. */
export interface MeasuredQueueOptions {
  readonly forMs: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** How often arrivals are looked at; it has no influence on the ticks, because a reservation spends unspent ones. */
const LOOK_MS = 1;

/**
 * One machine ID of a pool under a Poisson load in real time. Arrivals are put before its generator tick by tick, each with
 * the tick in which it arrived, so that it may use that tick or a later one: the wait counted is that for IDs, not that
 * for the processor.
 *
 * @param idsPerSecond of this machine ID
 */
export async function measuredQueue(
  pool: Pool,
  idsPerSecond: number,
  { forMs, seed, signal }: MeasuredQueueOptions,
): Promise<QueueEstimates> {
  const { layout } = pool;
  const generator: Generator = await pool.claim();
  const gap = exponentialStream(seed);
  const meanGapMs = 1000 / idsPerSecond;
  const firstTick = tickAt(layout, systemClock.now()) + 1;
  const ticks = Math.floor(forMs / layout.tickMs);
  const tally = new QueueTally(firstTick, ticks, layout.idsPerTick);
  const waiting: { tick: number; count: number }[] = [];
  let nextMs = tickStartMs(layout, firstTick) + gap() * meanGapMs;
  for (;;) {
    const nowMs = systemClock.now();
    for (; nextMs <= nowMs; nextMs += gap() * meanGapMs) {
      const tick = tickAt(layout, nextMs);
      const last = waiting.at(-1);
      if (last?.tick === tick) last.count++;
      else waiting.push({ tick, count: 1 });
    }
    serve(generator, layout, waiting, tally);
    if (tickAt(layout, nowMs) >= firstTick + ticks) break;
    await sleep(LOOK_MS, undefined, { signal });
  }
  return tally.estimates();
}

function serve(
  generator: Generator,
  layout: Layout,
  waiting: { tick: number; count: number }[],
  tally: QueueTally,
): void {
  for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
    const runs = generator.reserve(first.count, tickStartMs(layout, first.tick));
    for (const { tick, count } of runs) {
      tally.add(first.tick, tick, count);
      first.count -= count;
    }
    if (first.count > 0) return;
    waiting.shift();
  }
}

/** IDs a second that one machine ID of a pool issues in real time when it is always asked for more. */
export async function measuredCeiling(pool: Pool, { forMs, signal }: MeasuredQueueOptions): Promise<Estimate> {
  const { layout, shards, lanes } = pool;
  const perTick = layout.idsPerTick * shards * lanes;
  const ticksPerBatch = Math.max(1, Math.floor(forMs / layout.tickMs / BATCHES));
  const values: number[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const { count, ticks } = await pool.write(() => {}, { count: ticksPerBatch * perTick, format: "u64le", signal });
    const length = ticks === null ? 1 : ticks.last - ticks.first + 1;
    values.push((count / length / shards / lanes) * (1000 / layout.tickMs));
  }
  return estimateOf(values, BATCHES * ticksPerBatch);
}
