import type { Format } from "../encode/format.js";
import type { Seat } from "../seat.js";
import type { Chunk, ChunkAnswer } from "../shard/messages.js";
import type { ShardThread } from "../shard/shard-thread-client.js";
import type { SharesMemory } from "../shard/shares.js";

/** What the parts of one delivery have in common. */
export interface PartContext {
  readonly format: Format;
  /** How long a tick that nobody spent stays spendable, in milliseconds. */
  readonly spendableMs: number;
  readonly chunkBytes: number;
  /** How many chunks of a shard are under way at a time. */
  readonly chunksPerShard: number;
  /** What the shards are to issue in all, each by its place. */
  readonly shares: SharesMemory;
  /** A number that no other request of the process has. */
  newRequest(): number;
  /** Monotonic milliseconds. */
  monotonic(): number;
  /** Resolves once every shard has been told of the request, so that all can start in the same tick. */
  opened(): Promise<void>;
  /** Takes a chunk over and resolves once its buffer may be used again. */
  accept(part: Part, chunk: Chunk): Promise<void>;
}

/** What one shard does in a delivery: its share, and what others have left of theirs. */
export interface Part {
  readonly seat: Seat;
  /** Number of the part's source in the merge. */
  readonly source: number;
  /** Gave up: what the shard still issues for it is discarded. */
  readonly abandoned: boolean;
  /** How long the shard has owed an answer, in milliseconds; 0 when it owes none. */
  silentMs(): number;
  /** Pulls until no shard has anything left. @throws the errors of the shard */
  run(): Promise<void>;
  /** Stops the shard's work on it, stops pulling, and takes no further chunk. */
  abandon(): void;
}

export function createPart(seat: Seat, source: number, place: number, context: PartContext): Part {
  // What must act in the middle of a task goes through shared memory.
  const cancelled = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  let abandoned = false;
  let owed = 0;
  let owedSinceMs = 0;

  const pull = async (thread: ShardThread, request: number, buffer: number): Promise<ChunkAnswer | undefined> => {
    if (owed++ === 0) owedSinceMs = context.monotonic();
    try {
      return await thread.chunk({ kind: "pull", request, buffer });
    } finally {
      owed--;
      owedSinceMs = context.monotonic();
    }
  };

  /** Keeps one buffer going round between the thread and the receiver. */
  const circulate = async (thread: ShardThread, attempt: Attempt, number: number): Promise<void> => {
    const buffer = attempt.buffers[number]!;
    while (!attempt.ended && !abandoned && !attempt.failed) {
      let answer: ChunkAnswer | undefined;
      try {
        answer = await pull(thread, attempt.request, number);
      } catch (error) {
        attempt.failed = true;
        throw error;
      }
      attempt.ended ||= answer === undefined || answer.last;
      if (answer === undefined || abandoned || attempt.failed) return;
      await context.accept(part, { ...answer, buffer });
    }
  };

  const run = async (): Promise<void> => {
    const { thread } = seat;
    const { format, chunkBytes, shares, spendableMs } = context;
    const request = context.newRequest();
    // Memory of a thread that died may still be written to by it, so every attempt has its own.
    const buffers = Array.from({ length: context.chunksPerShard }, () => new SharedArrayBuffer(chunkBytes));
    const attempt: Attempt = { request, buffers, ended: false, failed: false };
    await thread.open({ kind: "open", request, shares, place, format, spendableMs, buffers, cancelled });
    await context.opened();
    const results = await Promise.allSettled(buffers.map((_, number) => circulate(thread, attempt, number)));
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    // A request that was cancelled between two pulls is still open in the thread; a last pull closes it.
    if (!attempt.ended) await pull(thread, request, 0).catch(() => {});
  };

  const part: Part = {
    seat,
    source,
    get abandoned() {
      return abandoned;
    },
    silentMs: () => (owed === 0 ? 0 : context.monotonic() - owedSinceMs),
    run,
    abandon() {
      abandoned = true;
      Atomics.store(new Int32Array(cancelled), 0, 1);
    },
  };
  return part;
}

/** One try to get the part's share from one thread. */
interface Attempt {
  readonly request: number;
  readonly buffers: readonly SharedArrayBuffer[];
  /** The thread has nothing more for it. */
  ended: boolean;
  failed: boolean;
}
