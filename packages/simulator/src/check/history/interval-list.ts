import type { Sections } from "../../audit/sections.js";

/** Words of an entry: the halves of the first ID, low half of the last, who issued it, and how often its IDs came again. */
const ENTRY = 5;
const HIGH = 0;
const LOW = 1;
const LAST_LOW = 2;
const HOLDING = 3;
const AGAIN = 4;
/** Entries of a full chunk: few enough to be moved in no time, many enough for a short list of chunks. */
const CHUNK = 256;

/** A part of an interval that lies in an entry. */
export interface Overlap {
  readonly low: number;
  readonly lastLow: number;
  readonly holding: number;
}

interface Chunk {
  readonly words: Uint32Array;
  count: number;
}

/**
 * A sorted list of intervals of IDs that do not overlap, each with its holding. An interval lies within one tick and
 * machine ID. The entries lie in chunks, so that an insertion in the middle moves little.
 */
export class IntervalList {
  readonly #sections: Sections;
  readonly #chunks: Chunk[] = [newChunk()];
  /** Where the latest search ended: the last entry that starts at or before an ID; -1 of the first chunk if there is none. */
  #index = 0;
  #entry = -1;

  constructor(sections: Sections) {
    this.#sections = sections;
  }

  /** The parts of an interval that are in the list, ascending. */
  overlaps(high: number, low: number, lastLow: number): Overlap[] {
    const found: Overlap[] = [];
    this.#visit(high, low, lastLow, (words, at) => {
      found.push({
        low: Math.max(low, words[at + LOW] as number),
        lastLow: Math.min(lastLow, words[at + LAST_LOW] as number),
        holding: words[at + HOLDING] as number,
      });
    });
    return found;
  }

  /** Whether no ID of an interval is in the list. */
  isFree(high: number, low: number, lastLow: number): boolean {
    this.#search(high, low);
    const { words, count } = this.#chunks[this.#index] as Chunk;
    const before = this.#entry * ENTRY;
    if (before >= 0 && words[before + HIGH] === high && (words[before + LAST_LOW] as number) >= low) return false;
    const isLast = this.#entry + 1 === count;
    const next = isLast ? this.#chunks[this.#index + 1]?.words : words;
    const after = isLast ? 0 : before + ENTRY;
    return next === undefined || next[after + HIGH] !== high || (next[after + LOW] as number) > lastLow;
  }

  /** Adds an interval of which no ID is in the list. */
  insert(high: number, low: number, lastLow: number, holding: number): void {
    this.#search(high, low);
    const chunk = this.#chunks[this.#index] as Chunk;
    const { words } = chunk;
    const before = this.#entry * ENTRY;
    if (
      before >= 0 &&
      words[before + HOLDING] === holding &&
      words[before + LAST_LOW] === low - 1 &&
      this.#sections.sameSection(high, low, words[before + HIGH] as number, words[before + LOW] as number)
    ) {
      words[before + LAST_LOW] = lastLow;
      return;
    }
    if (chunk.count === CHUNK) {
      this.#split(this.#index);
      this.insert(high, low, lastLow, holding);
      return;
    }
    write(chunk, this.#entry + 1, high, low, lastLow, holding);
  }

  /** Notes that IDs of this interval, which is inside one entry, came again. */
  again(high: number, low: number, count: number): void {
    this.#search(high, low);
    const { words } = this.#chunks[this.#index] as Chunk;
    (words[this.#entry * ENTRY + AGAIN] as number) += count;
  }

  /** Drops what the holding has of an interval. */
  remove(high: number, low: number, lastLow: number, holding: number): void {
    for (const part of this.overlaps(high, low, lastLow)) {
      if (part.holding === holding) this.#carve(high, part.low, part.lastLow);
    }
  }

  /** IDs of the interval, and how often they came again, over all holdings of interest. */
  sum(high: number, low: number, lastLow: number, isWanted: (holding: number) => boolean): number {
    let sum = 0;
    this.#visit(high, low, lastLow, (words, at) => {
      if (!isWanted(words[at + HOLDING] as number)) return;
      sum += (words[at + LAST_LOW] as number) - (words[at + LOW] as number) + 1 + (words[at + AGAIN] as number);
    });
    return sum;
  }

  /** Visits every entry that has IDs of the interval. */
  #visit(high: number, low: number, lastLow: number, visit: (words: Uint32Array, at: number) => void): void {
    this.#search(high, low);
    let [index, entry] = [this.#index, Math.max(0, this.#entry)];
    const first = (this.#chunks[index] as Chunk).words;
    const isBefore = first[entry * ENTRY + HIGH] !== high || (first[entry * ENTRY + LAST_LOW] as number) < low;
    if (this.#entry >= 0 && isBefore) entry++;
    for (; index < this.#chunks.length; index++, entry = 0) {
      const { words, count } = this.#chunks[index] as Chunk;
      for (; entry < count; entry++) {
        const at = entry * ENTRY;
        if (words[at + HIGH] !== high || (words[at + LOW] as number) > lastLow) return;
        visit(words, at);
      }
    }
  }

  #carve(high: number, low: number, lastLow: number): void {
    this.#search(high, low);
    const chunk = this.#chunks[this.#index] as Chunk;
    const { words } = chunk;
    const at = this.#entry * ENTRY;
    const [entryLow, entryLast] = [words[at + LOW] as number, words[at + LAST_LOW] as number];
    const holding = words[at + HOLDING] as number;
    if (low > entryLow) {
      words[at + LAST_LOW] = low - 1;
      if (lastLow < entryLast) this.insert(high, lastLow + 1, entryLast, holding);
    } else if (lastLow < entryLast) {
      words[at + LOW] = lastLow + 1;
    } else {
      words.copyWithin(at, at + ENTRY, chunk.count * ENTRY);
      chunk.count--;
      if (chunk.count === 0 && this.#chunks.length > 1) this.#chunks.splice(this.#index, 1);
    }
  }

  /** Searches for the last entry that starts at or before an ID. */
  #search(high: number, low: number): void {
    let [from, to] = [0, this.#chunks.length];
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (startsAfter((this.#chunks[middle] as Chunk).words, 0, high, low)) to = middle;
      else from = middle;
    }
    this.#index = from;
    const { words, count } = this.#chunks[from] as Chunk;
    [from, to] = [-1, count];
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (startsAfter(words, middle * ENTRY, high, low)) to = middle;
      else from = middle;
    }
    this.#entry = from;
  }

  /** Makes two chunks of a full one: halves, except at the end of the list, where IDs mostly go on ascending. */
  #split(index: number): void {
    const chunk = this.#chunks[index] as Chunk;
    const kept = index === this.#chunks.length - 1 ? CHUNK - 1 : CHUNK / 2;
    const moved = newChunk();
    moved.words.set(chunk.words.subarray(kept * ENTRY));
    moved.count = CHUNK - kept;
    chunk.count = kept;
    this.#chunks.splice(index + 1, 0, moved);
  }
}

function newChunk(): Chunk {
  return { words: new Uint32Array(CHUNK * ENTRY), count: 0 };
}

function write(chunk: Chunk, entry: number, high: number, low: number, lastLow: number, holding: number): void {
  const { words } = chunk;
  const at = entry * ENTRY;
  words.copyWithin(at + ENTRY, at, chunk.count * ENTRY);
  words[at + HIGH] = high;
  words[at + LOW] = low;
  words[at + LAST_LOW] = lastLow;
  words[at + HOLDING] = holding;
  words[at + AGAIN] = 0;
  chunk.count++;
}

function startsAfter(words: Uint32Array, at: number, high: number, low: number): boolean {
  const entryHigh = words[at + HIGH] as number;
  return entryHigh === high ? (words[at + LOW] as number) > low : entryHigh > high;
}
