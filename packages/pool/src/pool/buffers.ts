import { encoderFor } from "../encode/encoder.js";
import type { Format } from "../encode/format.js";

/** The memory that one shard's part of a delivery goes through. */
export interface Buffers {
  readonly chunkBytes: number;
  /** How many chunks of a shard are under way at a time. */
  readonly chunksPerShard: number;
}

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

/**
 * How large each shard's buffers are, where it issues at most so many IDs a tick. None is larger than the whole request:
 * whoever asks for a few IDs again and again leaves his buffers to the garbage collector each time.
 */
export function buffersFor(shards: number, idsPerShardTick: number, count: number, format: Format): Buffers {
  const chunksPerShard = shards < MANY_SHARDS ? 2 : 1;
  const bufferedIds = Math.min(Math.max(idsPerShardTick * BUFFERED_TICKS, LEAST_IDS), MOST_IDS);
  const { maxRecordBytes } = encoderFor(format);
  // The largest record is 29 bytes; text takes the bytes of as many binary IDs, so that buffers stay alike.
  const mostBytes = (bufferedIds / chunksPerShard) * 8;
  const chunkBytes = Math.max(Math.min(mostBytes, count * maxRecordBytes), maxRecordBytes);
  return { chunkBytes, chunksPerShard };
}
