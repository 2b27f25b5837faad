import { tickAt, tickStartMs } from "@shardflake/core";
import type { Encoder } from "../encode/encoder.js";
import { chunkWriter } from "./chunk-writer.js";
import type { ChunkAnswer } from "./messages.js";
import { RunQueue } from "./run-queue.js";
import type { Shard } from "./shard.js";
import type { Shares } from "./shares.js";
import { stalled } from "./stalled.js";

/** Where a shard stands with one request: runs reserved but not yet written, and what is still to be reserved. */
export interface ShardRequest {
  /**
   * Fills the buffer with the next IDs, waiting for ticks in between, and returns after at most {@link TASK_MS} with
   * what there is, be it nothing.
   * @throws ShardflakeError `WINDOW_EXHAUSTED`, ClockError `CLOCK_BEHIND` when nothing could be issued for `maxWaitMs`
   */
  pull(buffer: ArrayBufferLike): ChunkAnswer;
}

/** No task occupies a worker longer, in milliseconds: control messages and other requests come between tasks. */
const TASK_MS = 40;
/** A sleep ends at the latest after this many milliseconds, to see whether the request was cancelled. */
const LONGEST_SLEEP_MS = 35;
/** A shard reserves at most about so many milliseconds' ticks at once. */
const RESERVED_MS = 100;
/** Ticks of a sequence this long (in IDs) are never exhausted, so there is no point in reserving more of one at once. */
const MOST_OF_A_TICK = 2 ** 16;

export interface ShardRequestOptions {
  readonly shares: Shares;
  readonly encoder: Encoder;
  readonly isCancelled: () => boolean;
  readonly maxWaitMs: number;
  /** A chunk's request begins when the previous chunk was done, but at most this long ago, in milliseconds. */
  readonly spendableMs: number;
}

export function createShardRequest(shard: Shard, options: ShardRequestOptions): ShardRequest {
  const { shares, encoder, isCancelled, maxWaitMs, spendableMs } = options;
  const { layout, clock } = shard;
  const mostAtOnce =
    shard.lanes.length *
    Math.min(layout.idsPerTick, MOST_OF_A_TICK) *
    Math.max(1, Math.ceil(RESERVED_MS / layout.tickMs));
  const pending = new RunQueue();
  let sinceMs = clock.now();
  shares.arrive(Math.max(tickAt(layout, sinceMs), 0));
  let begun = false;
  /** The last reservation was limited by its size: more may be had without waiting. */
  let hasMore = false;
  /** How long pulls have slept since the last IDs were reserved. Time in which nobody pulled is nobody's stall. */
  let stalledMs = 0;

  const isDone = (): boolean => shares.isDone(shard.finishedTick);

  const reserve = (): void => {
    if (!begun) sinceMs = Math.max(sinceMs, tickStartMs(layout, shares.startTick));
    begun = true;
    const spendableSinceMs = Math.max(sinceMs, clock.now() - spendableMs);
    const taken = shares.take(mostAtOnce) || shares.takeOver(shard.finishedTick);
    let reserved = 0;
    hasMore = false;
    try {
      const reservation = shard.reserve(taken, spendableSinceMs, pending);
      // What follows is a request of its own: it begins where this reservation ended, which may be before now.
      const isSated = reservation.count === taken;
      hasMore = isSated && taken > 0;
      sinceMs = isSated ? tickStartMs(layout, shard.finishedTick + 1) : reservation.nowMs;
      reserved = reservation.count;
    } finally {
      shares.settle(shard.finishedTick, taken - reserved);
    }
    if (reserved > 0) stalledMs = 0;
    else if (stalledMs > maxWaitMs + layout.tickMs) throw stalled(maxWaitMs, shard);
  };

  /** The tick before which a chunk that begins with the next run ends, so that all shards' chunks end together. */
  const endOfBlock = (buffer: ArrayBufferLike): number => {
    const ticks = Math.floor(buffer.byteLength / encoder.maxRecordBytes / shard.idsPerTick);
    return ticks < 2 || pending.isEmpty ? Number.POSITIVE_INFINITY : pending.tick - (pending.tick % ticks) + ticks;
  };

  const waitMs = (room: number, blockEnd: number, taskLeftMs: number): number => {
    const nowMs = clock.now();
    const intoTickMs = (nowMs - layout.epochMs) % layout.tickMs;
    const ticks = Math.max(1, Math.ceil(Math.min(shares.own, room) / shard.idsPerTick));
    const untilEnoughMs = Math.min(ticks * layout.tickMs - intoTickMs, tickStartMs(layout, blockEnd) - nowMs);
    return Math.max(Math.min(untilEnoughMs, LONGEST_SLEEP_MS, taskLeftMs), 1);
  };

  /** Returns how long it took: at least what was asked for, also where monotonic time stands still. */
  const sleep = (ms: number): number => {
    const startMs = clock.monotonic();
    clock.sleep(ms);
    const tookMs = clock.monotonic() - startMs;
    return tookMs > ms ? tookMs : ms;
  };

  const pull = (buffer: ArrayBufferLike): ChunkAnswer => {
    const chunk = chunkWriter(buffer, encoder);
    const startMs = clock.monotonic();
    let sleptMs = 0;
    let blockEnd = Number.POSITIVE_INFINITY;
    while (!isCancelled()) {
      if (pending.isEmpty && !isDone()) reserve();
      if (chunk.count === 0) blockEnd = endOfBlock(buffer);
      while (!pending.isEmpty && chunk.room > 0 && pending.tick < blockEnd) {
        pending.take(chunk.write(pending, shard.lanes[pending.lane]!));
      }
      const tookMs = clock.monotonic() - startMs;
      const taskLeftMs = TASK_MS - (tookMs > sleptMs ? tookMs : sleptMs);
      const isFull = chunk.room === 0 || shard.finishedTick + 1 >= blockEnd;
      if (!pending.isEmpty || isDone() || isFull || taskLeftMs <= 0) break;
      if (hasMore) continue;
      const ms = sleep(waitMs(chunk.room, blockEnd, taskLeftMs));
      sleptMs += ms;
      stalledMs += ms;
    }
    const finishedTick = pending.isEmpty ? shard.finishedTick : pending.tick - 1;
    return chunk.finish({ finishedTick, last: isCancelled() || (pending.isEmpty && isDone()) });
  };

  return { pull };
}
