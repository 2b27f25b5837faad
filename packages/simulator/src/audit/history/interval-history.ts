import type { Sections } from "../sections.js";
import { mergeSegments } from "./merge-segments.js";
import {
  extendRecord,
  RECORD_BYTES,
  RECORD_WORDS,
  recordHigh,
  recordLastLow,
  recordLow,
  writeRecord,
} from "./record.js";
import { sortRecords } from "./sort-records.js";
import { SpillFile } from "./spill-file.js";
import { Tally } from "./tally.js";
import { unionRecords } from "./union-records.js";

/** Records at the start; the history doubles from here, so that a short stream takes little memory. */
const FIRST_RECORDS = 4096;
const LEAST_RECORDS = 16;

/** Whether the tick and machine ID of these halves is of interest. */
export type Selection = (high: number, low: number) => boolean;

/** All IDs of a stream as intervals, within a memory budget, of which half is kept free to sort the other half. */
export class IntervalHistory {
  readonly memoryBytes: number;
  readonly #sections: Sections;
  readonly #tempDirectory: string | undefined;
  readonly #mostRecords: number;
  #records: Int32Array;
  #count = 0;
  #spill: SpillFile | undefined;

  constructor(sections: Sections, memoryBytes: number, tempDirectory: string | undefined) {
    this.memoryBytes = memoryBytes;
    this.#sections = sections;
    this.#tempDirectory = tempDirectory;
    this.#mostRecords = Math.max(LEAST_RECORDS, Math.floor(memoryBytes / 2 / RECORD_BYTES));
    this.#records = new Int32Array(Math.min(FIRST_RECORDS, this.#mostRecords) * RECORD_WORDS);
  }

  /** Whether {@link makeRoom} must be called before the next record. */
  get isFull(): boolean {
    return this.#count === this.#mostRecords;
  }

  /** Adds the IDs from (high, low) to (high, lastLow), all of one tick and machine ID. */
  add(high: number, low: number, lastLow: number): void {
    const end = this.#count * RECORD_WORDS;
    const before = end - RECORD_WORDS;
    if (
      this.#count > 0 &&
      low !== 0 &&
      low === ((recordLastLow(this.#records, before) + 1) | 0) &&
      this.#sections.sameSection(high, low, recordHigh(this.#records, before), recordLow(this.#records, before))
    ) {
      extendRecord(this.#records, before, lastLow);
      return;
    }
    if (end === this.#records.length) this.#grow();
    writeRecord(this.#records, end, high, low, lastLow, 0);
    this.#count++;
  }

  /**
   * Joins intervals, and writes them to the temporary directory if joining was not enough. False when there is none:
   * then {@link keepOnly} must drop some.
   *
   * @throws ShardflakeError `AUDIT_TEMP` when the temporary file cannot be written
   */
  makeRoom(): boolean {
    this.#compact();
    if (this.#hasRoom()) return true;
    if (this.#tempDirectory === undefined) return false;
    this.#spillAll(this.#tempDirectory);
    return true;
  }

  /** Drops the IDs outside the selection; false when that did not make room. */
  keepOnly(isSelected: Selection): boolean {
    let kept = 0;
    for (let at = 0; at < this.#count * RECORD_WORDS; at += RECORD_WORDS) {
      if (!isSelected(recordHigh(this.#records, at), recordLow(this.#records, at))) continue;
      this.#records.copyWithin(kept * RECORD_WORDS, at, at + RECORD_WORDS);
      kept++;
    }
    this.#count = kept;
    return this.#hasRoom();
  }

  /** Counts duplicates and overfull ticks within the selection. @throws ShardflakeError `AUDIT_TEMP` */
  async tally(isSelected: Selection, signal?: AbortSignal): Promise<{ duplicates: number; overfullTicks: number }> {
    const tally = new Tally(this.#sections);
    const take = (words: Int32Array, at: number): void => {
      if (isSelected(recordHigh(words, at), recordLow(words, at))) tally.add(words, at);
    };
    this.#compact();
    if (this.#spill === undefined) {
      for (let at = 0; at < this.#count * RECORD_WORDS; at += RECORD_WORDS) take(this.#records, at);
    } else {
      if (this.#count > 0) this.#spillAll("");
      await mergeSegments(this.#spill, this.memoryBytes / 2, take, signal);
    }
    return tally.finish();
  }

  /** Gives the temporary file back. */
  close(): void {
    this.#spill?.close();
    this.#spill = undefined;
  }

  #hasRoom(): boolean {
    return this.#count <= this.#mostRecords / 2;
  }

  #grow(): void {
    const larger = new Int32Array(Math.min(this.#records.length * 2, this.#mostRecords * RECORD_WORDS));
    larger.set(this.#records);
    this.#records = larger;
  }

  #compact(): void {
    sortRecords(this.#records, this.#count, new Int32Array(this.#count * RECORD_WORDS));
    this.#count = unionRecords(this.#records, this.#count, this.#sections);
  }

  #spillAll(directory: string): void {
    this.#spill ??= new SpillFile(directory);
    this.#spill.write(this.#records, this.#count);
    this.#count = 0;
  }
}
