import { setTimeout as delay } from "node:timers/promises";
import { type Layout, type SequenceStart, type SteadyClock, tickAt, tickStartMs } from "@shardflake/core";
import type { Encoder } from "../encode/encoder.js";
import { LeaseLostError } from "../errors.js";
import type { Lease } from "../keeper/lease.js";
import { openLane } from "../shard/lane.js";
import { RunQueue } from "../shard/run-queue.js";
import { createShard, type Shard } from "../shard/shard.js";
import { stalled } from "../shard/stalled.js";
import { publishStats } from "../slot/slot.js";

/** What a {@link ShardHere} needs of its pool. */
export interface ShardHereOptions {
  readonly layout: Layout;
  readonly sequenceStart: SequenceStart;
  /** How long nothing may come for one request, in milliseconds. */
  readonly maxWaitMs: number;
  /** Leases the machine IDs of one shard. */
  acquire(): Promise<readonly Lease[]>;
  clock(): Promise<SteadyClock>;
}

/** Shortest wait for a tick; a timer has whole milliseconds. */
const LEAST_DELAY_MS = 1;

/** A shard in the thread that owns the pool: small batches without a round trip, and without blocking the thread. */
export class ShardHere {
  readonly #options: ShardHereOptions;
  #opening: Promise<Shard> | undefined;
  #leases: readonly Lease[] = [];
  /** Highest tick handed out: whoever comes after a lost lease starts above it. */
  #lastTick = 0;

  constructor(options: ShardHereOptions) {
    this.#options = options;
  }

  /** The machine IDs it holds; none before the first request. */
  get leases(): readonly Lease[] {
    return this.#leases;
  }

  /** Encoded IDs, ascending, also over calls that follow one another. @throws as `Pool.take` */
  async take(count: number, encoder: Encoder): Promise<Uint8Array> {
    for (;;) {
      const opening = this.#opened();
      try {
        return await this.#takeFrom(await opening, count, encoder);
      } catch (error) {
        if (!(error instanceof LeaseLostError)) throw error;
        // What was reserved meanwhile is lost, not issued again; others of this shard may have noticed before.
        if (this.#opening === opening) this.#opening = undefined;
      }
    }
  }

  async #takeFrom(shard: Shard, count: number, encoder: Encoder): Promise<Uint8Array> {
    const { layout, maxWaitMs } = this.#options;
    const out = Buffer.allocUnsafe(count * encoder.maxRecordBytes);
    const runs = new RunQueue();
    let sinceMs = shard.clock.now();
    let [end, left, waitedMs] = [0, count, 0];
    try {
      for (;;) {
        const reservation = shard.reserve(left, sinceMs, runs);
        sinceMs = reservation.nowMs;
        left -= reservation.count;
        for (; !runs.isEmpty; runs.take(runs.count)) {
          this.#lastTick = Math.max(this.#lastTick, runs.tick);
          end = encoder.write(out, end, shard.lanes[runs.lane]!.writer.base(runs.tick), runs.sequence, runs.count);
        }
        if (left === 0) return out.subarray(0, end);
        if (reservation.count > 0) waitedMs = 0;
        else if (waitedMs > maxWaitMs + layout.tickMs) throw stalled(maxWaitMs, shard);
        waitedMs += await this.#nextTick(shard.clock, tickAt(layout, sinceMs));
      }
    } finally {
      for (const { lease, generator } of shard.lanes) {
        publishStats(lease.slot, { ...generator.stats(), stepsSeen: shard.clock.steps });
      }
    }
  }

  /** Waits for the tick after this one and returns how long was asked for, in milliseconds. */
  async #nextTick(clock: SteadyClock, tick: number): Promise<number> {
    const untilMs = tickStartMs(this.#options.layout, tick + 1) - clock.now();
    const ms = Math.min(Math.max(untilMs, LEAST_DELAY_MS), this.#options.maxWaitMs + LEAST_DELAY_MS);
    await delay(ms);
    return ms;
  }

  #opened(): Promise<Shard> {
    if (this.#opening !== undefined) return this.#opening;
    const opening = this.#openShard();
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }

  async #openShard(): Promise<Shard> {
    const { layout, sequenceStart, maxWaitMs, acquire } = this.#options;
    const clock = await this.#options.clock();
    const leases = await acquire();
    this.#leases = leases;
    const lanes = leases.map((lease) => openLane(lease, { layout, clock, sequenceStart, maxWaitMs }));
    while (tickAt(layout, clock.now()) <= this.#lastTick) await this.#nextTick(clock, tickAt(layout, clock.now()));
    return createShard(layout, clock, lanes);
  }
}
