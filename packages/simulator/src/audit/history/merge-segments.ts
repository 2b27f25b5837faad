import { setImmediate } from "node:timers/promises";
import { isLess } from "../sections.js";
import { RECORD_BYTES, RECORD_WORDS, recordHigh, recordLow } from "./record.js";
import type { Segment, SpillFile } from "./spill-file.js";

/** Fewest records that are read at once, so that very many segments still read in useful pieces. */
const LEAST_RECORDS = 128;

/** Records between two looks at the event loop, which a merge of hours must not block: a few milliseconds of work. */
const RECORDS_PER_TURN = 65_536;

/**
 * Hands over the records of all segments in ascending order, with buffers that together take about `memoryBytes`.
 *
 * @throws the signal's reason when it is aborted; ShardflakeError `AUDIT_TEMP`
 */
export async function mergeSegments(
  file: SpillFile,
  memoryBytes: number,
  take: (words: Int32Array, at: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const records = Math.max(LEAST_RECORDS, Math.floor(memoryBytes / file.segments.length / RECORD_BYTES));
  const heap = file.segments.map((segment) => new Cursor(file, segment, records));
  for (let at = Math.floor(heap.length / 2) - 1; at >= 0; at--) sink(heap, at);
  for (let taken = 1; ; taken++) {
    const cursor = heap[0];
    if (cursor === undefined) return;
    if (taken % RECORDS_PER_TURN === 0) {
      await setImmediate();
      signal?.throwIfAborted();
    }
    take(cursor.words, cursor.at);
    if (!cursor.advance()) {
      const moved = heap.pop() as Cursor;
      if (heap.length === 0) return;
      heap[0] = moved;
    }
    sink(heap, 0);
  }
}

/** Reads one segment record by record. A segment is never empty. */
class Cursor {
  words: Int32Array = new Int32Array(0);
  at = 0;
  readonly #file: SpillFile;
  readonly #end: number;
  readonly #room: number;
  #offset: number;

  constructor(file: SpillFile, segment: Segment, records: number) {
    this.#file = file;
    this.#offset = segment.offset;
    this.#end = segment.offset + segment.bytes;
    this.#room = records * RECORD_BYTES;
    this.#refill();
  }

  /** Goes to the next record; false when there is none. */
  advance(): boolean {
    this.at += RECORD_WORDS;
    return this.at < this.words.length || this.#refill();
  }

  #refill(): boolean {
    const bytes = Math.min(this.#room, this.#end - this.#offset);
    if (bytes === 0) return false;
    if (this.words.byteLength !== bytes) this.words = new Int32Array(bytes / 4);
    this.#file.read(new Uint8Array(this.words.buffer), this.#offset);
    this.#offset += bytes;
    this.at = 0;
    return true;
  }
}

/** Moves the cursor at `start` down until no smaller one is below it. */
function sink(heap: Cursor[], start: number): void {
  let at = start;
  for (;;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && isBefore(heap[child] as Cursor, heap[least] as Cursor)) least = child;
    }
    if (least === at) return;
    [heap[at], heap[least]] = [heap[least] as Cursor, heap[at] as Cursor];
    at = least;
  }
}

function isBefore(a: Cursor, b: Cursor): boolean {
  return isLess(
    recordHigh(a.words, a.at),
    recordLow(a.words, a.at),
    recordHigh(b.words, b.at),
    recordLow(b.words, b.at),
  );
}
