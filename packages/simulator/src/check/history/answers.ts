import type { Sighting } from "../sighting.js";

/** Who answered, and when. */
export interface Answer {
  readonly holding: number;
  readonly requestedMs: number;
  readonly completedMs: number;
}

/** A row is five 64-bit words: the ID's halves, count and holding, and the three times. */
const ROW = 5;
const REQUESTED = 2;
const COMPLETED = 3;
const ERROR = 4;
const FIRST_ANSWERS = 4096;

/**
 * The latest answers in the order in which they were told, up to a fixed number; a new one takes the place of the oldest.
 * Answers are numbered from 0 on. Rows lie in one buffer, so that an append writes one place in memory.
 */
export class Answers {
  readonly #most: number;
  #numbers: Float64Array;
  #words: Uint32Array;
  #capacity: number;
  /** Number of the next answer. */
  #next = 0;

  /** @param most a power of two */
  constructor(most: number) {
    this.#most = most;
    this.#capacity = Math.min(FIRST_ANSWERS, most);
    this.#numbers = new Float64Array(this.#capacity * ROW);
    this.#words = new Uint32Array(this.#numbers.buffer);
  }

  /** Number of the next answer. */
  get end(): number {
    return this.#next;
  }

  /** Number of the oldest answer that is still known. */
  get begin(): number {
    return Math.max(0, this.#next - this.#capacity);
  }

  /** Whether the next append takes the place of the oldest answer. */
  get isFull(): boolean {
    return this.#next >= this.#most;
  }

  append(sighting: Sighting): void {
    if (this.#next === this.#capacity && this.#capacity < this.#most) this.#grow();
    const at = (this.#next & (this.#capacity - 1)) * ROW;
    this.#next++;
    const numbers = this.#numbers;
    const words = this.#words;
    words[at * 2] = sighting.high;
    words[at * 2 + 1] = sighting.low;
    words[at * 2 + 2] = sighting.count;
    words[at * 2 + 3] = sighting.holding;
    numbers[at + REQUESTED] = sighting.requestedMs;
    numbers[at + COMPLETED] = sighting.completedMs;
    numbers[at + ERROR] = sighting.errorMs;
  }

  high(answer: number): number {
    return this.#words[this.#at(answer) * 2] as number;
  }

  low(answer: number): number {
    return this.#words[this.#at(answer) * 2 + 1] as number;
  }

  /** Low half of the last ID. */
  lastLow(answer: number): number {
    return this.low(answer) + this.count(answer) - 1;
  }

  count(answer: number): number {
    return this.#words[this.#at(answer) * 2 + 2] as number;
  }

  holding(answer: number): number {
    return this.#words[this.#at(answer) * 2 + 3] as number;
  }

  completedMs(answer: number): number {
    return this.#numbers[this.#at(answer) + COMPLETED] as number;
  }

  /** When the answer settles: twice the error of its clock after its completion. */
  settlesMs(answer: number): number {
    return this.completedMs(answer) + 2 * (this.#numbers[this.#at(answer) + ERROR] as number);
  }

  /** The first answer that was completed at this time or later; the number of the next where there is none. */
  firstFrom(ms: number): number {
    let [from, to] = [this.begin, this.end];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if (this.completedMs(middle) < ms) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The latest answer with this ID, completed before a time, from one of these holdings, if it is still known. */
  find(high: number, low: number, beforeMs: number, holdings: ReadonlySet<number>): Answer | undefined {
    for (let answer = this.firstFrom(beforeMs) - 1; answer >= this.begin; answer--) {
      if (this.high(answer) !== high || low < this.low(answer) || low > this.lastLow(answer)) continue;
      const holding = this.holding(answer);
      if (!holdings.has(holding)) continue;
      const at = this.#at(answer);
      return {
        holding,
        requestedMs: this.#numbers[at + REQUESTED] as number,
        completedMs: this.#numbers[at + COMPLETED] as number,
      };
    }
    return undefined;
  }

  #at(answer: number): number {
    return (answer & (this.#capacity - 1)) * ROW;
  }

  #grow(): void {
    const larger = new Float64Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#capacity *= 2;
    this.#numbers = larger;
    this.#words = new Uint32Array(larger.buffer);
  }
}
