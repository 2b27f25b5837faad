const FIRST_STEPS = 64;

/**
 * The largest ID up to each completion, of a stream told in order of completion: a staircase that rises with every ID
 * larger than all before it. Keeps the latest steps, up to a fixed number.
 */
export class Maxima {
  /** Of the latest lookup: halves of the largest ID where it was found, of one above all forgotten ones otherwise. */
  high = 0;
  low = 0;
  readonly #most: number;
  #completed: Float64Array = new Float64Array(FIRST_STEPS);
  #halves: Uint32Array = new Uint32Array(2 * FIRST_STEPS);
  #count = 0;
  #isWhole: boolean;

  /** @param past whether IDs smaller than all that will be added came before and are not known any more */
  constructor(most: number, past: "whole" | "forgotten") {
    this.#most = most;
    this.#isWhole = past === "whole";
  }

  add(high: number, low: number, completedMs: number): void {
    const last = this.#count - 1;
    if (last >= 0) {
      const lastHigh = this.#halves[2 * last] as number;
      if (high < lastHigh || (high === lastHigh && low <= (this.#halves[2 * last + 1] as number))) return;
      if (completedMs === this.#completed[last]) {
        this.#halves[2 * last] = high;
        this.#halves[2 * last + 1] = low;
        return;
      }
    }
    if (this.#count === this.#completed.length) this.#makeRoom();
    this.#completed[this.#count] = completedMs;
    this.#halves[2 * this.#count] = high;
    this.#halves[2 * this.#count + 1] = low;
    this.#count++;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Looks up the largest ID completed before a time, into `high` and `low`. */
  before(ms: number): "found" | "none" | "forgotten" {
    let from = 0;
    let to = this.#count;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#completed[middle] as number) < ms) from = middle + 1;
      else to = middle;
    }
    if (from === 0) {
      if (this.#isWhole) return "none";
      this.high = this.isEmpty ? Number.POSITIVE_INFINITY : (this.#halves[0] as number);
      this.low = this.isEmpty ? 0 : (this.#halves[1] as number);
      return "forgotten";
    }
    this.high = this.#halves[2 * from - 2] as number;
    this.low = this.#halves[2 * from - 1] as number;
    return "found";
  }

  #makeRoom(): void {
    if (this.#count < this.#most) {
      const size = Math.min(this.#most, 2 * this.#count);
      const completed = new Float64Array(size);
      completed.set(this.#completed);
      const halves = new Uint32Array(2 * size);
      halves.set(this.#halves);
      this.#completed = completed;
      this.#halves = halves;
      return;
    }
    const dropped = this.#count >> 1;
    this.#completed.copyWithin(0, dropped);
    this.#halves.copyWithin(0, 2 * dropped);
    this.#count -= dropped;
    this.#isWhole = false;
  }
}
