import { type Chunk, RUN_FIELDS } from "../shard/messages.js";

/** One shard's chunks on their way into the common order. */
interface Source {
  readonly chunks: Cursor[];
  /** No chunk to come holds a tick at or below it. */
  finishedTick: number;
  ended: boolean;
}

interface Cursor {
  readonly chunk: Chunk;
  /** Index of the next run's first field. */
  field: number;
  /** Byte at which the next run's records start. */
  byte: number;
}

/** Records in their final order, and the chunks that no later call will refer to. */
export interface Merged {
  readonly slices: Uint8Array[];
  readonly count: number;
  readonly bytes: number;
  readonly spent: SpentChunk[];
}

export interface SpentChunk {
  readonly source: number;
  readonly chunk: Chunk;
}

/** Brings the runs of several shards into one ascending order: runs are compared, never IDs. */
export interface Merge {
  /** Adds a source and returns its number. */
  addSource(): number;
  add(source: number, chunk: Chunk): void;
  /** The source has nothing more to come. */
  end(source: number): void;
  /** What may be written now, about `mostBytes` at a time; no slices when a shard must be heard first. */
  take(mostBytes: number): Merged;
  /** The sources that hold back all others, because nothing of theirs is here and they may still have lower ticks. */
  blocking(): number[];
}

/** Merges up to the lowest tick that all sources have finished. */
export function mergeByTime(): Merge {
  const sources: Source[] = [];

  const headOf = ({ chunks }: Source): Cursor | undefined => chunks[0];

  /** The highest tick below which nothing can come any more from the sources that are empty. */
  const horizon = (): number => {
    let lowest = Number.POSITIVE_INFINITY;
    for (const source of sources) {
      if (!source.ended && source.chunks.length === 0) lowest = Math.min(lowest, source.finishedTick);
    }
    return lowest;
  };

  const lowestSource = (): number => {
    let lowest = -1;
    let lowestHead: Cursor | undefined;
    for (let i = 0; i < sources.length; i++) {
      const head = headOf(sources[i]!);
      if (head !== undefined && (lowestHead === undefined || isBefore(head, lowestHead))) {
        lowest = i;
        lowestHead = head;
      }
    }
    return lowest;
  };

  const take = (mostBytes: number): Merged => {
    const slices: Uint8Array[] = [];
    const spent: SpentChunk[] = [];
    let count = 0;
    let bytes = 0;
    let open: OpenSlice | undefined;
    const closeSlice = (): void => {
      if (open !== undefined) slices.push(new Uint8Array(open.chunk.buffer, open.start, open.end - open.start));
      open = undefined;
    };
    let limit = horizon();
    while (bytes < mostBytes) {
      const number = lowestSource();
      if (number === -1) break;
      const source = sources[number]!;
      const head = headOf(source)!;
      const { runs } = head.chunk;
      if (runs[head.field]! > limit) break;
      const runBytes = runs[head.field + 4]!;
      if (open?.chunk !== head.chunk || open.end !== head.byte) {
        closeSlice();
        open = { chunk: head.chunk, start: head.byte, end: head.byte };
      }
      open.end += runBytes;
      bytes += runBytes;
      count += runs[head.field + 3]!;
      head.byte += runBytes;
      head.field += RUN_FIELDS;
      if (head.field === runs.length) {
        source.chunks.shift();
        spent.push({ source: number, chunk: head.chunk });
        if (source.chunks.length === 0) limit = horizon();
      }
    }
    closeSlice();
    return { slices, count, bytes, spent };
  };

  return {
    addSource() {
      sources.push({ chunks: [], finishedTick: -1, ended: false });
      return sources.length - 1;
    },
    add(number, chunk) {
      const source = sources[number]!;
      source.finishedTick = Math.max(source.finishedTick, chunk.finishedTick);
      if (chunk.runs.length > 0) source.chunks.push({ chunk, field: 0, byte: 0 });
    },
    end(number) {
      sources[number]!.ended = true;
    },
    take,
    blocking() {
      const limit = horizon();
      return sources.flatMap((source, i) =>
        !source.ended && source.chunks.length === 0 && source.finishedTick === limit ? [i] : [],
      );
    },
  };
}

interface OpenSlice {
  readonly chunk: Chunk;
  readonly start: number;
  end: number;
}

/** By tick, then machine ID, then sequence: the order of the IDs. */
function isBefore(a: Cursor, b: Cursor): boolean {
  const [left, right] = [a.chunk.runs, b.chunk.runs];
  for (let place = 0; place < 3; place++) {
    const difference = left[a.field + place]! - right[b.field + place]!;
    if (difference !== 0) return difference < 0;
  }
  return false;
}
