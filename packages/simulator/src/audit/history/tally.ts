import type { Sections } from "../sections.js";
import { recordExtra, recordHigh, recordLastLow, recordLow } from "./record.js";

/** Counts duplicates and overfull ticks of records that arrive in ascending order. */
export class Tally {
  readonly #sections: Sections;
  #duplicates = 0;
  #overfullTicks = 0;
  #high = 0;
  #low = 0;
  /** Largest low half of the tick and machine ID so far, unsigned; -1 before the first record. */
  #reach = -1;
  /** IDs of the tick and machine ID so far, duplicates included. */
  #count = 0;

  constructor(sections: Sections) {
    this.#sections = sections;
  }

  /** Takes the record at word `at`. */
  add(words: Int32Array, at: number): void {
    const high = recordHigh(words, at);
    const low = recordLow(words, at);
    const lastLow = recordLastLow(words, at) >>> 0;
    if (this.#reach < 0 || !this.#sections.sameSection(high, low, this.#high, this.#low)) {
      this.#closeTick();
      this.#high = high;
      this.#low = low;
      this.#reach = -1;
    }
    const overlap = Math.max(0, Math.min(this.#reach, lastLow) - (low >>> 0) + 1);
    this.#duplicates += overlap + recordExtra(words, at);
    this.#count += lastLow - (low >>> 0) + 1 + recordExtra(words, at);
    this.#reach = Math.max(this.#reach, lastLow);
  }

  /** The sums, after the last record. */
  finish(): { duplicates: number; overfullTicks: number } {
    this.#closeTick();
    return { duplicates: this.#duplicates, overfullTicks: this.#overfullTicks };
  }

  #closeTick(): void {
    if (this.#count > this.#sections.layout.idsPerTick) this.#overfullTicks++;
    this.#count = 0;
  }
}
