import { isAbove } from "../halves.js";
import type { Answers } from "./answers.js";

/** Answers of a block: so few that they may be looked at one by one, so many that blocks are few. */
export const BLOCK = 512;

/**
 * A stretch of answers, summed up: the largest of their IDs, and when they settle. An answer settles twice the error of
 * its clock after its completion; from then on, clocks no worse than its own must have come past its IDs.
 */
export class Block {
  /** Number of the first answer. */
  readonly first: number;
  /** Halves of the largest ID; -1 before the first. */
  high = -1;
  low = -1;
  firstSettlesMs: number = Number.POSITIVE_INFINITY;
  lastSettlesMs: number = Number.NEGATIVE_INFINITY;
  /** Halves of the largest ID of this and all earlier blocks. */
  readonly soFar: { high: number; low: number };
  /** By the time they settle: those times, and the largest ID up to each. Made when it is asked for. */
  #settled: { readonly times: Float64Array; readonly halves: Float64Array } | undefined;

  constructor(first: number, soFar: { readonly high: number; readonly low: number }) {
    this.first = first;
    this.soFar = { ...soFar };
  }

  add(high: number, lastLow: number, settlesMs: number): void {
    if (isAbove(high, lastLow, this.high, this.low)) {
      this.high = high;
      this.low = lastLow;
      if (isAbove(high, lastLow, this.soFar.high, this.soFar.low)) {
        this.soFar.high = high;
        this.soFar.low = lastLow;
      }
    }
    if (settlesMs < this.firstSettlesMs) this.firstSettlesMs = settlesMs;
    if (settlesMs > this.lastSettlesMs) this.lastSettlesMs = settlesMs;
  }

  /** The largest ID of a full block that settled before a time. */
  settledBefore(ms: number, answers: Answers): { readonly high: number; readonly low: number } {
    this.#settled ??= this.#sort(answers);
    const { times, halves } = this.#settled;
    let [from, to] = [0, BLOCK];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((times[middle] as number) < ms) from = middle + 1;
      else to = middle;
    }
    if (from === 0) return { high: -1, low: -1 };
    return { high: halves[2 * from - 2] as number, low: halves[2 * from - 1] as number };
  }

  #sort(answers: Answers): { times: Float64Array; halves: Float64Array } {
    const order = Array.from({ length: BLOCK }, (_, index) => this.first + index);
    order.sort((a, b) => answers.settlesMs(a) - answers.settlesMs(b));
    const halves = new Float64Array(2 * BLOCK);
    let [high, low] = [-1, -1];
    for (const [index, answer] of order.entries()) {
      const [answerHigh, answerLow] = [answers.high(answer), answers.lastLow(answer)];
      if (isAbove(answerHigh, answerLow, high, low)) [high, low] = [answerHigh, answerLow];
      halves[2 * index] = high;
      halves[2 * index + 1] = low;
    }
    return { times: Float64Array.from(order, (answer) => answers.settlesMs(answer)), halves };
  }
}
