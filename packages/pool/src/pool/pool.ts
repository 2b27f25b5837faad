import type { Generator, Layout } from "@shardflake/core";
import type { Remote } from "comlink";
import type { Backfill } from "../backfill/run-backfill.js";
import type { Delivered, Order, Receive } from "../delivery/delivery.js";
import type { Encoder } from "../encode/encoder.js";
import type { Format } from "../encode/format.js";
import type { Lease } from "../keeper/lease.js";
import type { StoredRegister } from "../register/register.js";
import type { ShardControl } from "../shard/shard-control.js";
import type { Ticket } from "../ticket.js";
import type { PoolStats } from "./stats.js";

/** How a batch is cancelled. */
export interface GenerateOptions {
  readonly signal?: AbortSignal;
}

/** What {@link Pool.stream} and {@link Pool.write} take. */
export interface StreamOptions extends GenerateOptions {
  /** How many IDs, Infinity for as long as somebody reads. @default Infinity */
  readonly count?: number;
  /** "time": the whole stream ascends; "arrival": each shard's part does. @default "time" */
  readonly order?: Order;
}

/** IDs from every core: shards in worker threads, each with machine IDs of its own. */
export interface Pool extends AsyncDisposable {
  readonly layout: Layout;
  readonly shards: number;
  readonly lanes: number;
  /** The machine IDs of all shards, ascending. */
  readonly leases: readonly Lease[];
  /**
   * A batch, ascending.
   * @throws ShardflakeError `COUNT_INVALID`, `POOL_CLOSED`, `NO_SHARDS`, `SHARD_CRASHED` (again and again), `WINDOW_EXHAUSTED`
   * @throws ClockError, LayoutError, LeaseUnavailableError; the signal's reason when it was aborted
   */
  generate(count: number, options?: GenerateOptions): Promise<BigUint64Array>;
  /** A stream in bounded memory; the shards wait for the reader. Leaving the loop ends it. @throws as {@link generate} */
  stream(options?: StreamOptions): AsyncIterableIterator<BigUint64Array>;
  /**
   * A stream of encoded records, straight from the workers' buffers: `receive` gets whole records in their final order,
   * its slices lie in shared memory and are used again once it has resolved. A finite count is a batch: one request, whose
   * unspent ticks stay spendable for 1 s; an endless one is a stream, where they do for 100 ms.
   * @throws as {@link generate}, and whatever `receive` throws
   */
  write(receive: Receive, options: StreamOptions & { readonly format: Format }): Promise<Delivered>;
  /** New IDs for a past period, as encoded records. @throws LeaseUnavailableError, ShardflakeError `PERIOD_INVALID` */
  backfill(receive: Receive, options: Backfill): Promise<Delivered>;
  /**
   * A small batch as encoded records, from a shard in this thread with as many machine IDs as the pool has lanes: no
   * round trip, ascending, never blocks the event loop. The bytes are the caller's. `take(0, …)` only takes the machine IDs.
   * @throws as {@link next}; ShardflakeError `COUNT_INVALID`, `OPTION_INVALID`, `OVERLOADED` when others got everything there
   * was for `waitMs`
   */
  take(count: number, encoder: Encoder): Promise<Uint8Array>;
  /** One ID from a generator in this thread: no round trip, ascending, never blocks the event loop. */
  next(): Promise<bigint>;
  /** A generator in this thread with a machine ID of its own, given back when the pool closes. */
  claim(): Promise<Generator>;
  /** A machine ID for a worker thread of yours: hand it over and call {@link openShard} there. */
  ticket(): Promise<Ticket>;
  /** What each shard and lane has done so far. */
  stats(): PoolStats;
  /** What can be asked of one shard's thread between its tasks. @throws ShardflakeError `OPTION_INVALID` */
  control(shard: number): Promise<Remote<ShardControl>>;
  /** The registers of the namespace, for people. */
  registers(): Promise<StoredRegister[]>;
  /**
   * A watermark: no request that begins after this call, by anybody in the namespace, gets an ID below the one returned,
   * apart from backfill. It never falls. Who reads rows up to it misses none that is added later, as long as every ID is
   * written sooner than it is held back: an ID that was issued before may be in somebody's hands still, in a stream that
   * nobody has read or a transaction that is open. Ask, and read up to what an earlier call returned, by as much.
   *
   * It is about ten seconds and a third of the window behind the clock, or as much further as the clock of some holder is
   * behind the store's. A holder that does not renew stalls it until its claim has lapsed (two windows after its last
   * renewal, or at once where it is known to be dead), and so does an outage of the store. Costs two reads and a write.
   *
   * @throws ShardflakeError `POOL_CLOSED`, `STORE_UNAVAILABLE`, `STORE_CORRUPT`, `KEEPER_STOPPED`
   */
  horizon(): Promise<bigint>;
  /** Stops what is running, ends the threads and gives every machine ID back. */
  close(): Promise<void>;
}
