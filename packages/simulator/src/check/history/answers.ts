import type { Sighting } from "../sighting.js";

/** One answer, as it is remembered. Halves unsigned. */
export interface Answer {
  readonly holding: number;
  readonly requestedMs: number;
  readonly completedMs: number;
  readonly errorMs: number;
  readonly high: number;
  readonly low: number;
  readonly count: number;
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

  count(answer: number): number {
    return this.#words[this.#at(answer) * 2 + 2] as number;
  }

  holding(answer: number): number {
    return this.#words[this.#at(answer) * 2 + 3] as number;
  }

  requestedMs(answer: number): number {
    return this.#numbers[this.#at(answer) + REQUESTED] as number;
  }

  completedMs(answer: number): number {
    return this.#numbers[this.#at(answer) + COMPLETED] as number;
  }

  errorMs(answer: number): number {
    return this.#numbers[this.#at(answer) + ERROR] as number;
  }

  /** The latest answer with this ID from one of these holdings, if it is still known. */
  find(high: number, low: number, holdings: ReadonlySet<number>): Answer | undefined {
    for (let answer = this.#next - 1; answer >= this.begin; answer--) {
      const first = this.low(answer);
      if (this.high(answer) !== high || low < first || low >= first + this.count(answer)) continue;
      if (holdings.has(this.holding(answer))) return this.read(answer);
    }
    return undefined;
  }

  read(answer: number): Answer {
    return {
      holding: this.holding(answer),
      requestedMs: this.requestedMs(answer),
      completedMs: this.completedMs(answer),
      errorMs: this.errorMs(answer),
      high: this.high(answer),
      low: this.low(answer),
      count: this.count(answer),
    };
  }

  #at(answer: number): number {
    return (answer % this.#capacity) * ROW;
  }

  #grow(): void {
    const larger = new Float64Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#capacity *= 2;
    this.#numbers = larger;
    this.#words = new Uint32Array(larger.buffer);
  }
}
