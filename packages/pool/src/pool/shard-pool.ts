import {
  describeValue,
  type Generator,
  type Layout,
  ShardflakeError,
  type SteadyClock,
  steadyClock,
} from "@shardflake/core";
import type { Remote } from "comlink";
import { type Backfill, runBackfill } from "../backfill/run-backfill.js";
import { openClock } from "../clock-spec.js";
import { type Delivered, deliver, type Receive } from "../delivery/delivery.js";
import { SPENDABLE_MS } from "../delivery/spendable.js";
import { chunksOf } from "../delivery/stream.js";
import { type LeaseLost, leaseLost } from "../diagnostics/events.js";
import { watch } from "../diagnostics/watch.js";
import { type Encoder, encoderFor } from "../encode/encoder.js";
import { FORMATS, type Format } from "../encode/format.js";
import { LeaseLostError } from "../errors.js";
import type { Keeper } from "../keeper/keeper.js";
import type { AcquireRequest, Lease } from "../keeper/lease.js";
import { startThreadKeeper } from "../keeper/thread-keeper.js";
import type { StoredRegister } from "../register/register.js";
import type { ShardControl } from "../shard/shard-control.js";
import { readSlot } from "../slot/slot.js";
import { openTicket, type Ticket } from "../ticket.js";
import { defaultShards } from "./default-shards.js";
import { HorizonHere } from "./horizon-here.js";
import type { GenerateOptions, Pool, StreamOptions } from "./pool.js";
import {
  checkChoice,
  checkFiniteCount,
  checkIsCurrent,
  checkNames,
  checkReceive,
  checkSignal,
  type PoolSettings,
} from "./pool-options.js";
import { createSeat, type Seat } from "./seat.js";
import { ShardHere } from "./shard-here.js";
import { type PoolStats, statsOf } from "./stats.js";

/** Numbers of requests, never used twice in a process. */
let lastRequest = 0;

/** A shard's buffers hold about so many ticks of its ceiling, within {@link LEAST_IDS} and {@link MOST_IDS}. */
const BUFFERED_TICKS = 32;
const LEAST_IDS = 2 ** 14;
/** 1.97 MB of binary IDs. */
const MOST_IDS = 240 * 2 ** 10;
/**
 * Few shards have two chunks each: one in work in the thread, one being received. Among many, others work meanwhile, and
 * one chunk of twice the length halves the messages.
 */
const MANY_SHARDS = 8;

/** @throws as `createPool` */
export async function startPool(settings: PoolSettings): Promise<Pool> {
  const { store, layout, namespace, windowMs, maxLeadMs, clock, onWarning } = settings;
  await checkIsCurrent(settings);
  const onLost = (leases: readonly Lease[]): void => tellLost(namespace, leases);
  const keeper = await startThreadKeeper({ store, layout, namespace, windowMs, maxLeadMs, clock, onLost, onWarning });
  // A pool nobody waits for any more gives up waiting for machine IDs, too.
  const abort = (): void => void keeper.close().catch(() => {});
  settings.signal?.addEventListener("abort", abort, { once: true });
  try {
    settings.signal?.throwIfAborted();
    const shards = settings.shards ?? defaultShards(settings, await keeper.inspect());
    const leases = await keeper.acquire(acquireRequest(settings, shards * settings.lanes));
    const pool = new ShardPool(settings, shards, keeper, leases);
    await pool.ready().catch(async (error: unknown) => {
      await pool.close();
      throw error;
    });
    return pool;
  } catch (error) {
    await keeper.close();
    throw settings.signal?.aborted ? settings.signal.reason : error;
  } finally {
    settings.signal?.removeEventListener("abort", abort);
  }
}

class ShardPool implements Pool {
  readonly layout: Layout;
  readonly shards: number;
  readonly lanes: number;
  private readonly settings: PoolSettings;
  private readonly keeper: Keeper;
  private readonly seats: readonly Seat[];
  private readonly here: ShardHere;
  private readonly horizonHere: HorizonHere;
  private readonly closing = new AbortController();
  private readonly deliveries = new Set<Promise<unknown>>();
  private local: Promise<Generator> | undefined;
  private lastNext = 0n;
  private clock: Promise<SteadyClock> | undefined;
  private stepsHere = (): number => 0;
  private tickets: Lease[] = [];
  private readonly stopWatching: () => void;
  private closed: Promise<void> | undefined;

  constructor(settings: PoolSettings, shards: number, keeper: Keeper, leases: readonly Lease[]) {
    const { layout, layoutOptions, namespace, lanes, clock, sequenceStart, waitMs } = settings;
    this.layout = layout;
    this.shards = shards;
    this.lanes = lanes;
    this.settings = settings;
    this.keeper = keeper;
    // Neighbouring machine IDs in one shard make longer unbroken slices in the merge.
    const sorted = [...leases].sort((a, b) => a.datacenterId - b.datacenterId || a.machineId - b.machineId);
    const seatOptions = {
      namespace,
      keeper,
      request: acquireRequest(settings, lanes),
      birth: { layout: layoutOptions, clock, sequenceStart, maxWaitMs: waitMs },
    };
    this.seats = Array.from({ length: shards }, (_, i) =>
      createSeat(i, sorted.slice(i * lanes, (i + 1) * lanes), seatOptions),
    );
    this.here = new ShardHere({
      layout,
      sequenceStart,
      maxWaitMs: waitMs,
      acquire: () => keeper.acquire(acquireRequest(settings, lanes)),
      clock: () => this.clockHere(),
    });
    this.horizonHere = new HorizonHere(layout, () => keeper.horizonTick());
    this.stopWatching = watch({
      namespace,
      shards: () => this.seats.map((seat) => seat.leases),
      others: () => [...this.here.leases, ...this.tickets],
      stepsHere: () => this.stepsHere(),
    });
  }

  /** Resolves once every shard's thread runs. */
  async ready(): Promise<void> {
    await Promise.all(this.seats.map((seat) => seat.thread.ready()));
  }

  get leases(): readonly Lease[] {
    return this.seats.flatMap((seat) => seat.leases);
  }

  async generate(count: number, options: GenerateOptions = {}): Promise<BigUint64Array> {
    checkNames(options, ["signal"]);
    const ids = allocate(count);
    let filled = 0;
    const receive: Receive = (slices) => {
      for (const slice of slices) {
        const part = new BigUint64Array(slice.buffer, slice.byteOffset, slice.byteLength / 8);
        ids.set(part, filled);
        filled += part.length;
      }
    };
    await this.write(receive, { ...options, count, format: "ids" });
    return ids;
  }

  stream(options: StreamOptions = {}): AsyncIterableIterator<BigUint64Array> {
    const signal: unknown = options?.signal;
    return chunksOf(
      (receive, stop) => {
        checkNames(options, ["count", "order", "signal"]);
        checkSignal(signal);
        return this.issue(receive, { ...options, signal: stop, format: "ids" }, SPENDABLE_MS.stream);
      },
      signal instanceof AbortSignal ? signal : undefined,
    );
  }

  write(receive: Receive, options: StreamOptions & { readonly format: Format }): Promise<Delivered> {
    const isBatch = Number.isFinite(options?.count);
    return this.issue(receive, options, isBatch ? SPENDABLE_MS.batch : SPENDABLE_MS.stream);
  }

  private issue(
    receive: Receive,
    options: StreamOptions & { readonly format: Format },
    spendableMs: number,
  ): Promise<Delivered> {
    return this.track(async (signal) => {
      checkReceive(receive);
      checkNames(options, ["count", "order", "format", "signal"]);
      const { count = Number.POSITIVE_INFINITY, order = "time", format } = options;
      checkCount(count);
      checkChoice("format", format, FORMATS);
      checkChoice("order", order, ["time", "arrival"]);
      if (this.shards === 0) throw noShards();
      const idsPerShardTick = this.lanes * this.layout.idsPerTick;
      const chunksPerShard = this.shards < MANY_SHARDS ? 2 : 1;
      const bufferedIds = Math.min(Math.max(idsPerShardTick * BUFFERED_TICKS, LEAST_IDS), MOST_IDS);
      return deliver(this.seats, {
        count,
        idsPerShardTick,
        format,
        order,
        spendableMs,
        // The largest record is 29 bytes; text takes the bytes of as many binary IDs, so that buffers stay alike.
        chunkBytes: Math.max((bufferedIds / chunksPerShard) * 8, encoderFor(format).maxRecordBytes),
        chunksPerShard,
        tickMs: this.layout.tickMs,
        newRequest: () => ++lastRequest,
        receive,
        signal,
      });
    }, options?.signal);
  }

  backfill(receive: Receive, options: Backfill): Promise<Delivered> {
    return this.track(async (signal) => {
      checkReceive(receive);
      checkNames(options, ["format", "signal", "fromMs", "toMs", "count", "timesMs"]);
      return runBackfill({ ...this.settings, keeper: this.keeper, seats: this.seats, receive, signal }, options);
    }, options?.signal);
  }

  take(count: number, encoder: Encoder): Promise<Uint8Array> {
    try {
      this.checkOpen();
      checkFiniteCount(count);
    } catch (error) {
      return Promise.reject(error);
    }
    return this.here.take(count, encoder);
  }

  async next(): Promise<bigint> {
    for (;;) {
      this.checkOpen();
      this.local ??= this.claim();
      const local = this.local;
      try {
        const id = await (await this.claimed(local)).nextAsync();
        // The first IDs of another machine ID may be below the last one issued in the same tick.
        if (id <= this.lastNext) continue;
        this.lastNext = id;
        return id;
      } catch (error) {
        if (!(error instanceof LeaseLostError)) throw error;
        // Whoever took the machine ID over starts above everything issued here; this pool takes another one.
        if (this.local === local) this.local = undefined;
      }
    }
  }

  async claim(): Promise<Generator> {
    const ticket = await this.ticket();
    try {
      return openTicket(ticket, await this.clockHere());
    } catch (error) {
      // Nobody will ever issue with it.
      await this.keeper.release([ticket.lease]).catch(() => {});
      throw error;
    }
  }

  async ticket(): Promise<Ticket> {
    this.checkOpen();
    const [lease] = await this.keeper.acquire(acquireRequest(this.settings, 1));
    const { layoutOptions, clock, sequenceStart, waitMs } = this.settings;
    // Those that were lost are of no interest any more.
    this.tickets = [...this.tickets.filter(({ slot }) => readSlot(slot).open), lease!];
    return { lease: lease!, layout: layoutOptions, clock, sequenceStart, maxWaitMs: waitMs };
  }

  stats(): PoolStats {
    this.here.publish();
    return {
      shards: this.seats.map(({ leases }) => statsOf(this.layout, leases)),
      here: statsOf(this.layout, this.here.leases),
    };
  }

  async control(shard: number): Promise<Remote<ShardControl>> {
    this.checkOpen();
    const seat = typeof shard === "number" ? this.seats[shard] : undefined;
    if (seat !== undefined) return seat.thread.control();
    throw new ShardflakeError(
      "OPTION_INVALID",
      `Expected \`shard\` to be an integer from 0 to ${this.shards - 1}, got ${describeValue(shard)}.`,
    );
  }

  async registers(): Promise<StoredRegister[]> {
    this.checkOpen();
    return this.keeper.inspect();
  }

  async horizon(): Promise<bigint> {
    this.checkOpen();
    return this.horizonHere.ask();
  }

  close(): Promise<void> {
    this.closed ??= this.shutDown();
    return this.closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The generator of next(); one that could not be had is asked for again the next time. */
  private claimed(local: Promise<Generator>): Promise<Generator> {
    return local.catch((error: unknown) => {
      if (this.local === local) this.local = undefined;
      throw error;
    });
  }

  /** One for all generators of this thread, so that a new one never starts at a time before the others'. */
  private clockHere(): Promise<SteadyClock> {
    this.clock ??= openClock(this.settings.clock, { kind: "caller" }).then(
      (clock) => {
        const steady = steadyClock(clock);
        this.stepsHere = () => steady.steps;
        return steady;
      },
      (error: unknown) => {
        this.clock = undefined;
        throw error;
      },
    );
    return this.clock;
  }

  private async shutDown(): Promise<void> {
    this.closing.abort(poolClosed());
    await Promise.allSettled(this.deliveries);
    // Machine IDs are given back only after the threads that issued with them are gone.
    await Promise.all(this.seats.map((seat) => seat.close()));
    this.stopWatching();
    await this.keeper.close();
  }

  /** Runs a request so that closing the pool ends it and waits for its end. */
  private track<Result>(run: (signal: AbortSignal) => Promise<Result>, own: AbortSignal | undefined): Promise<Result> {
    const running = (async () => {
      this.checkOpen();
      checkSignal(own);
      return run(own === undefined ? this.closing.signal : AbortSignal.any([this.closing.signal, own]));
    })();
    const settled = running.then(
      () => {},
      () => {},
    );
    this.deliveries.add(settled);
    void settled.then(() => this.deliveries.delete(settled));
    return running;
  }

  private checkOpen(): void {
    if (this.closed !== undefined) throw poolClosed();
  }
}

function tellLost(namespace: string, leases: readonly Lease[]): void {
  for (const { datacenterId, machineId, generation } of leases) {
    leaseLost.publish({ namespace, datacenterId, machineId, generation } satisfies LeaseLost);
  }
}

function acquireRequest({ among, waitMs }: PoolSettings, count: number): AcquireRequest {
  return { count, wanted: { purpose: "live" }, among, waitMs };
}

function allocate(count: unknown): BigUint64Array {
  checkCount(count);
  try {
    return new BigUint64Array(count as number);
  } catch (cause) {
    throw new ShardflakeError(
      "COUNT_INVALID",
      `Expected \`count\` to fit one array, got ${describeValue(count)}. Use stream() for more.`,
      { cause },
    );
  }
}

function checkCount(count: unknown): void {
  if (count !== Number.POSITIVE_INFINITY) checkFiniteCount(count);
}

function poolClosed(): ShardflakeError {
  return new ShardflakeError("POOL_CLOSED", "Expected an open pool, got one that was closed. Create a new pool.");
}

function noShards(): ShardflakeError {
  return new ShardflakeError(
    "NO_SHARDS",
    "Expected a pool of at least one shard for a batch, got 0. Use next() or claim().",
  );
}
