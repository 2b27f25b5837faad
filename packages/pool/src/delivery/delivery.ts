import { setTimeout as sleep } from "node:timers/promises";
import { ShardflakeError } from "@shardflake/core";
import type { Format } from "../encode/format.js";
import { LeaseLostError } from "../errors.js";
import { mergeByArrival } from "../merge/arrival.js";
import { mergeByTime } from "../merge/merge.js";
import type { Seat } from "../seat.js";
import { type Chunk, RUN_FIELDS } from "../shard/messages.js";
import { dealtShares } from "../shard/shares.js";
import { createChange } from "./change.js";
import { dealShares } from "./deal-shares.js";
import { createOpening } from "./opening.js";
import { createPart, type Part, type PartContext } from "./part.js";

/** The order in which the IDs of several shards are delivered: all ascending, or as the shards made them. */
export type Order = "time" | "arrival";

/**
 * Takes records in their final order. The next ones come once it has resolved; then the slices' memory is used again.
 */
export type Receive = (slices: readonly Uint8Array[], count: number) => Promise<void> | void;

/** One request for many IDs, on its way from the shards to the receiver. */
export interface DeliveryOptions {
  /** IDs in all, `Infinity` for no end. */
  readonly count: number;
  /** The most IDs one shard can issue in a tick. */
  readonly idsPerShardTick: number;
  readonly format: Format;
  readonly order: Order;
  /** How long a tick that nobody spent stays spendable, in milliseconds. */
  readonly spendableMs: number;
  readonly chunkBytes: number;
  readonly chunksPerShard: number;
  readonly tickMs: number;
  readonly signal: AbortSignal;
  readonly newRequest: () => number;
  readonly receive: Receive;
}

/** What was delivered. */
export interface Delivered {
  readonly count: number;
  /** Lowest and highest tick among the IDs; `null` when there are none. */
  readonly ticks: { readonly first: number; readonly last: number } | null;
}

/** About as much is handed to the receiver at a time, in bytes. */
const DELIVERY_BYTES = 2 ** 21;
/** A shard that is silent for so long while others wait for it leaves the delivery, in milliseconds. */
const SILENCE_MS = 1000;
const SILENCE_CHECK_MS = 250;
/** How often one part takes a new thread or new machine IDs before its error counts. */
const MOST_REPLACEMENTS = 3;

/**
 * Runs one request over its shards and resolves once everything was received.
 *
 * Shards are pulled, never pushed: a chunk is asked for only when its buffer is free again, so a slow receiver slows
 * the shards down and memory stays bounded by the buffers.
 *
 * @throws the signal's reason when it was aborted, whatever `receive` threw, and the errors of a shard that a
 * replacement did not mend
 */
export async function deliver(seats: readonly Seat[], options: DeliveryOptions): Promise<Delivered> {
  return new Delivery(seats, options).run();
}

class Delivery {
  private readonly seats: readonly Seat[];
  private readonly options: DeliveryOptions;
  private readonly merge;
  private readonly changed = createChange();
  private readonly parts: Part[] = [];
  /** Parts that are still wanted, with the run of each. */
  private readonly running = new Map<Part, Promise<void>>();
  private readonly waitingForBuffer = new Map<Chunk, () => void>();
  private readonly silent = new Set<Seat>();
  private failure: { readonly error: unknown } | undefined;
  /** Rejects at the first failure, so that a receiver that is stuck holds up no abort. */
  private readonly failed: Promise<never>;
  private rejectFailed!: (error: unknown) => void;
  /** Whether the receiver waits for the shards, and not the other way round. */
  private starved = false;
  /** IDs in the chunks taken over so far; those of a shard that died or fell silent are not among them. */
  private accepted = 0;
  private delivered = 0;
  private firstTick = Number.POSITIVE_INFINITY;
  private lastTick = Number.NEGATIVE_INFINITY;

  constructor(seats: readonly Seat[], options: DeliveryOptions) {
    this.seats = seats;
    this.options = options;
    this.failed = new Promise((_, reject) => {
      this.rejectFailed = reject;
    });
    this.failed.catch(() => {});
    this.merge = options.order === "time" ? mergeByTime() : mergeByArrival();
  }

  async run(): Promise<Delivered> {
    const { signal, count, tickMs } = this.options;
    signal.throwIfAborted();
    const abort = (): void => this.fail(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    const silenceCheck = setInterval(() => setImmediate(() => this.dropSilentParts()), SILENCE_CHECK_MS);
    try {
      while (this.accepted < count) {
        // What is made up for stands above everything that was delivered: it is asked for in a tick of its own.
        if (this.parts.length > 0) await Promise.race([sleep(tickMs + 1), this.failed]);
        this.startRound(count - this.accepted);
        await this.receiveAll();
      }
    } finally {
      clearInterval(silenceCheck);
      signal.removeEventListener("abort", abort);
      await this.stop();
    }
    const ticks = this.delivered === 0 ? null : { first: this.firstTick, last: this.lastTick };
    return { count: this.delivered, ticks };
  }

  private async receiveAll(): Promise<void> {
    for (;;) {
      if (this.failure !== undefined) throw this.failure.error;
      const merged = this.merge.take(DELIVERY_BYTES);
      if (merged.count > 0) {
        await Promise.race([this.options.receive(merged.slices, merged.count), this.failed]);
        this.delivered += merged.count;
      }
      for (const { chunk } of merged.spent) this.freeBuffer(chunk);
      if (merged.count > 0) continue;
      if (this.running.size === 0) return;
      this.starved = true;
      await this.changed.wait();
      this.starved = false;
    }
  }

  /** Deals the IDs to the shards; those that fall silent or die may leave some of them for another round. */
  private startRound(count: number): void {
    const { format, spendableMs, chunkBytes, chunksPerShard, newRequest, idsPerShardTick } = this.options;
    const seats = this.seats.filter((seat) => !this.silent.has(seat));
    const shares = dealShares(count, seats.length, idsPerShardTick);
    const opening = createOpening(shares.length);
    const context: PartContext = {
      opened: () => opening.opened(),
      format,
      spendableMs,
      chunkBytes,
      chunksPerShard,
      newRequest,
      shares: dealtShares(shares),
      monotonic: () => performance.now(),
      accept: (part, chunk) => this.accept(part, chunk),
    };
    shares.forEach((_, place) => {
      this.startPart(createPart(seats[place]!, this.merge.addSource(), place, context));
    });
  }

  private startPart(part: Part): void {
    this.parts.push(part);
    const run = this.runPart(part)
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.running.delete(part);
        this.changed.announce();
      });
    this.running.set(part, run);
  }

  private async runPart(part: Part): Promise<void> {
    for (let replacements = 0; ; replacements++) {
      const { thread } = part.seat;
      try {
        await part.run();
        break;
      } catch (error) {
        if (part.abandoned || this.failure !== undefined) break;
        if (replacements === MOST_REPLACEMENTS || !isMendable(error)) throw error;
        await part.seat.replace(thread);
      }
    }
    this.merge.end(part.source);
  }

  /** Resolves once the chunk's buffer is free: at once for an empty one, otherwise when it was received. */
  private accept(part: Part, chunk: Chunk): Promise<void> {
    this.merge.add(part.source, chunk);
    this.accepted += chunk.count;
    this.changed.announce();
    if (chunk.count === 0) return Promise.resolve();
    this.firstTick = Math.min(this.firstTick, chunk.runs[0]!);
    this.lastTick = Math.max(this.lastTick, chunk.runs.at(-RUN_FIELDS)!);
    return new Promise((resolve) => {
      this.waitingForBuffer.set(chunk, resolve);
    });
  }

  private freeBuffer(chunk: Chunk): void {
    this.waitingForBuffer.get(chunk)?.();
    this.waitingForBuffer.delete(chunk);
  }

  /** Goes on without a silent shard that holds back the others: they take over what it has left. */
  private dropSilentParts(): void {
    if (!this.starved || this.failure !== undefined) return;
    const live = this.parts.filter((part) => !part.abandoned && part.silentMs() < SILENCE_MS);
    for (const source of this.merge.blocking()) {
      const part = this.parts.find((candidate) => candidate.source === source)!;
      const hasHeir = live.some(({ seat }) => seat !== part.seat);
      if (part.abandoned || !hasHeir || part.silentMs() < SILENCE_MS) continue;
      part.abandon();
      this.silent.add(part.seat);
      // Its run ends when its thread answers or dies; nobody waits for that.
      this.running.delete(part);
      this.merge.end(source);
      this.changed.announce();
    }
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
    this.rejectFailed(error);
    this.changed.announce();
  }

  private async stop(): Promise<void> {
    for (const part of this.running.keys()) part.abandon();
    for (const resolve of this.waitingForBuffer.values()) resolve();
    this.waitingForBuffer.clear();
    const silence = new Promise((resolve) => setTimeout(resolve, SILENCE_MS).unref());
    await Promise.race([Promise.all(this.running.values()), silence]);
  }
}

/** Whether a new thread with new machine IDs may do what the old one could not. */
function isMendable(error: unknown): boolean {
  if (error instanceof LeaseLostError) return true;
  return error instanceof ShardflakeError && (error.code === "SHARD_CRASHED" || error.code === "TICKET_USED");
}
