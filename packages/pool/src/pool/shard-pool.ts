import { describeValue, type Generator, type Layout, ShardflakeError } from "@shardflake/core";
import type { Remote } from "comlink";
import { type Backfill, runBackfill } from "../backfill/run-backfill.js";
import {
  checkChoice,
  checkCount,
  checkEncoder,
  checkFiniteCount,
  checkNames,
  checkReceive,
  checkSignal,
} from "../check-arguments.js";
import { type Delivered, deliver, type Receive } from "../delivery/delivery.js";
import { SPENDABLE_MS } from "../delivery/spendable.js";
import { chunksOf } from "../delivery/stream.js";
import { watch } from "../diagnostics/watch.js";
import type { Encoder } from "../encode/encoder.js";
import { FORMATS, type Format } from "../encode/format.js";
import { acquireUntil } from "../keeper/acquire-until.js";
import type { Keeper } from "../keeper/keeper.js";
import type { Lease } from "../keeper/lease.js";
import { byMachineId } from "../register/machine-id.js";
import type { StoredRegister } from "../register/register.js";
import { createSeat, type Seat } from "../seat.js";
import type { ShardControl } from "../shard/shard-control.js";
import type { Ticket } from "../ticket.js";
import { buffersFor } from "./buffers.js";
import { ClockHere } from "./clock-here.js";
import { GeneratorsHere } from "./generators-here.js";
import { HorizonHere } from "./horizon-here.js";
import { liveRequest } from "./live-request.js";
import type { GenerateOptions, Pool, StreamOptions } from "./pool.js";
import type { PoolSettings } from "./pool-options.js";
import { Requests } from "./requests.js";
import { ShardHere } from "./shard-here.js";
import { type PoolStats, statsOf } from "./stats.js";

/** Numbers of requests, never used twice in a process. */
let lastRequest = 0;

/** The pool that `createPool` makes: it hands what it is asked for to its parts. */
export class ShardPool implements Pool {
  readonly layout: Layout;
  readonly shards: number;
  readonly lanes: number;
  private readonly settings: PoolSettings;
  private readonly keeper: Keeper;
  private readonly seats: readonly Seat[];
  private readonly shardHere: ShardHere;
  private readonly generatorsHere: GeneratorsHere;
  private readonly horizonHere: HorizonHere;
  private readonly requests = new Requests();
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
    const sorted = [...leases].sort(byMachineId);
    const seatOptions = {
      namespace,
      keeper,
      request: liveRequest(settings, lanes),
      birth: { layout: layoutOptions, clock, sequenceStart, maxWaitMs: waitMs },
      closing: this.requests.signal,
    };
    this.seats = Array.from({ length: shards }, (_, i) =>
      createSeat(i, sorted.slice(i * lanes, (i + 1) * lanes), seatOptions),
    );
    const clockHere = new ClockHere(clock);
    const acquire = (count: number) => acquireUntil(this.requests.signal, keeper, liveRequest(settings, count));
    this.shardHere = new ShardHere({
      layout,
      sequenceStart,
      maxWaitMs: waitMs,
      acquire: () => acquire(lanes),
      clock: () => clockHere.open(),
    });
    this.generatorsHere = new GeneratorsHere({
      settings,
      keeper,
      acquire: () => acquire(1),
      clock: clockHere,
      checkOpen: () => this.checkOpen(),
    });
    this.horizonHere = new HorizonHere(layout, () => keeper.horizonTick());
    this.stopWatching = watch({
      namespace,
      shards: () => this.seats.map((seat) => seat.leases),
      others: () => [...this.shardHere.leases, ...this.generatorsHere.leases],
      stepsHere: () => clockHere.steps,
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
    return this.run(async (signal) => {
      checkReceive(receive);
      checkNames(options, ["count", "order", "format", "signal"]);
      const { count = Number.POSITIVE_INFINITY, order = "time", format } = options;
      checkCount(count);
      checkChoice("format", format, FORMATS);
      checkChoice("order", order, ["time", "arrival"]);
      if (this.shards === 0) throw noShards();
      const idsPerShardTick = this.lanes * this.layout.idsPerTick;
      return deliver(this.seats, {
        count,
        idsPerShardTick,
        format,
        order,
        spendableMs,
        ...buffersFor(this.shards, idsPerShardTick, count, format),
        tickMs: this.layout.tickMs,
        newRequest: () => ++lastRequest,
        receive,
        signal,
      });
    }, options?.signal);
  }

  backfill(receive: Receive, options: Backfill): Promise<Delivered> {
    return this.run(async (signal) => {
      checkReceive(receive);
      checkNames(options, ["format", "signal", "fromMs", "toMs", "count", "timesMs"]);
      return runBackfill({ ...this.settings, keeper: this.keeper, seats: this.seats, receive, signal }, options);
    }, options?.signal);
  }

  take(count: number, encoder: Encoder): Promise<Uint8Array> {
    try {
      this.checkOpen();
      checkFiniteCount(count);
      checkEncoder(encoder);
    } catch (error) {
      return Promise.reject(error);
    }
    return this.shardHere.take(count, encoder);
  }

  next(): Promise<bigint> {
    return this.generatorsHere.next();
  }

  claim(): Promise<Generator> {
    return this.generatorsHere.claim();
  }

  ticket(): Promise<Ticket> {
    return this.generatorsHere.ticket();
  }

  stats(): PoolStats {
    this.shardHere.publish();
    return {
      shards: this.seats.map(({ leases }) => statsOf(this.layout, leases)),
      here: statsOf(this.layout, this.shardHere.leases),
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

  private async shutDown(): Promise<void> {
    await this.requests.end(poolClosed());
    // Machine IDs are given back only after the threads that issued with them are gone.
    await Promise.all(this.seats.map((seat) => seat.close()));
    this.stopWatching();
    await this.keeper.close();
  }

  /** @throws ShardflakeError `POOL_CLOSED`, `OPTION_INVALID` */
  private async run<Result>(
    request: (signal: AbortSignal) => Promise<Result>,
    own: AbortSignal | undefined,
  ): Promise<Result> {
    this.checkOpen();
    checkSignal(own);
    return this.requests.run(request, own);
  }

  private checkOpen(): void {
    if (this.closed !== undefined) throw poolClosed();
  }
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

function poolClosed(): ShardflakeError {
  return new ShardflakeError("POOL_CLOSED", "Expected an open pool, got one that was closed. Create a new pool.");
}

function noShards(): ShardflakeError {
  return new ShardflakeError(
    "NO_SHARDS",
    "Expected a pool of at least one shard for a batch, got 0. Use next() or claim().",
  );
}
