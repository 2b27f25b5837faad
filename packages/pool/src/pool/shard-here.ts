import { setTimeout as delay } from "node:timers/promises";
import {
  type Layout,
  type SequenceStart,
  ShardflakeError,
  type SteadyClock,
  tickAt,
  tickStartMs,
} from "@shardflake/core";
import type { Encoder } from "../encode/encoder.js";
import { LeaseLostError } from "../errors.js";
import type { Lease } from "../keeper/lease.js";
import { openLane } from "../shard/lane.js";
import { RunQueue } from "../shard/run-queue.js";
import { createShard, type Shard } from "../shard/shard.js";
import { stalled } from "../shard/stalled.js";

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

/** A request on its way. */
interface Taking {
  readonly encoder: Encoder;
  readonly out: Buffer;
  end: number;
  left: number;
  sinceMs: number;
  /** How long it has waited since it got something, in milliseconds. */
  waitedMs: number;
  /** The highest tick that anybody had got by then. */
  highestTick: number;
}

/** A shard in the thread that owns the pool: small batches without a round trip, and without blocking the thread. */
export class ShardHere {
  readonly #options: ShardHereOptions;
  #opening: Promise<Shard> | undefined;
  #shard: Shard | undefined;
  /** Empty between calls: what is reserved is written at once. */
  readonly #runs = new RunQueue();
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

  /** Shows the counters of its machine IDs in their slots. */
  publish(): void {
    for (const lane of this.#shard?.lanes ?? []) lane.showStats();
  }

  /** Encoded IDs, ascending, also over calls that follow one another. @throws as `Pool.take` */
  take(count: number, encoder: Encoder): Promise<Uint8Array> {
    const shard = this.#shard;
    if (shard === undefined) return this.#takeWaiting(count, encoder);
    try {
      const taking = this.#begin(shard, count, encoder);
      // Most requests are done here, without a promise more.
      if (this.#advance(shard, taking)) return Promise.resolve(taking.out.subarray(0, taking.end));
      return this.#finish(shard, taking).catch((error: unknown) => this.#takeAgain(shard, error, count, encoder));
    } catch (error) {
      return this.#takeAgain(shard, error, count, encoder);
    }
  }

  async #takeWaiting(count: number, encoder: Encoder): Promise<Uint8Array> {
    await this.#opened();
    return this.take(count, encoder);
  }

  /** After a lease was lost: what was reserved meanwhile is lost, not issued again. Another error is the caller's. */
  async #takeAgain(shard: Shard, error: unknown, count: number, encoder: Encoder): Promise<Uint8Array> {
    if (!(error instanceof LeaseLostError)) throw error;
    // Others of this shard may have noticed before.
    if (this.#shard === shard) this.#forget();
    return this.#takeWaiting(count, encoder);
  }

  #begin(shard: Shard, count: number, encoder: Encoder): Taking {
    const out = allocate(count, encoder);
    const highestTick = this.#lastTick;
    return { encoder, out, end: 0, left: count, sinceMs: shard.clock.now(), waitedMs: 0, highestTick };
  }

  /** Takes what there is now; true when that was all that was wanted. */
  #advance(shard: Shard, taking: Taking): boolean {
    const runs = this.#runs;
    const { count, nowMs } = shard.reserve(taking.left, taking.sinceMs, runs);
    taking.sinceMs = nowMs;
    taking.left -= count;
    for (; !runs.isEmpty; runs.take(runs.count)) {
      if (runs.tick > this.#lastTick) this.#lastTick = runs.tick;
      const first = shard.lanes[runs.lane]!.writer.base(runs.tick);
      taking.end = taking.encoder.write(taking.out, taking.end, first, runs.sequence, runs.count);
    }
    if (count > 0) {
      taking.waitedMs = 0;
      taking.highestTick = this.#lastTick;
    }
    return taking.left === 0;
  }

  async #finish(shard: Shard, taking: Taking): Promise<Uint8Array> {
    const { layout, maxWaitMs } = this.#options;
    do {
      if (taking.waitedMs > maxWaitMs + layout.tickMs) {
        throw this.#lastTick > taking.highestTick ? crowdedOut(maxWaitMs) : stalled(maxWaitMs, shard);
      }
      taking.waitedMs += await this.#nextTick(shard.clock, tickAt(layout, taking.sinceMs));
    } while (!this.#advance(shard, taking));
    return taking.out.subarray(0, taking.end);
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
    opening.then(
      (shard) => {
        this.#shard = shard;
      },
      () => this.#forget(),
    );
    return opening;
  }

  #forget(): void {
    this.#opening = undefined;
    this.#shard = undefined;
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

function allocate(count: number, { maxRecordBytes }: Encoder): Buffer {
  try {
    return Buffer.allocUnsafe(count * maxRecordBytes);
  } catch (cause) {
    throw new ShardflakeError(
      "COUNT_INVALID",
      `Expected the records of \`count\` IDs to fit one buffer, got ${count} of them. Use write() for more.`,
      { cause },
    );
  }
}

/** Neither the window nor the clock is to blame where others were served meanwhile. */
function crowdedOut(maxWaitMs: number): ShardflakeError {
  return new ShardflakeError(
    "OVERLOADED",
    `Expected IDs within ${maxWaitMs} ms, got none: other requests took all that there were. Ask for fewer, or lease more ` +
      "machine IDs (lanes).",
    { retryAfterMs: maxWaitMs },
  );
}
