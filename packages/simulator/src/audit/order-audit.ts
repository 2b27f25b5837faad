import { isLess, type Sections } from "./sections.js";

/** What a stream as a whole is checked for: order and sign. */
export class OrderAudit {
  outOfOrder = 0;
  signBitSet = 0;
  largestInversionTicks = 0;
  lastHigh = 0;
  lastLow = 0;
  /** The largest ID, unsigned. */
  maxHigh = 0;
  maxLow = 0;
  readonly #sections: Sections;
  /** Latest tick, kept up to date only by {@link compareTick}; until then the largest ID has it. */
  #maxTick = 0;

  constructor(sections: Sections) {
    this.#sections = sections;
  }

  /** Takes `length` consecutive IDs of one tick and machine ID. */
  addRun(high: number, low: number, length: number): void {
    if (isLess(high, low, this.lastHigh, this.lastLow)) this.outOfOrder++;
    if (high < 0) this.signBitSet += length;
    this.compareTick(high, low);
    this.lastHigh = high;
    this.lastLow = (low + length - 1) | 0;
    if (!isLess(high, this.lastLow, this.maxHigh, this.maxLow)) {
      this.maxHigh = high;
      this.maxLow = this.lastLow;
    }
  }

  /**
   * Looks for an inversion. Needed for every ID that is neither the largest nor in the tick of the largest. Before the
   * first ID the largest is 0, whose tick is 0, so that the first ID is never behind.
   */
  compareTick(high: number, low: number): void {
    const tick = this.#sections.tick(high, low);
    this.#maxTick = Math.max(this.#maxTick, this.#sections.tick(this.maxHigh, this.maxLow));
    this.largestInversionTicks = Math.max(this.largestInversionTicks, this.#maxTick - tick);
    this.#maxTick = Math.max(this.#maxTick, tick);
  }
}
