import { isAbove } from "../halves.js";
import type { Answers } from "./answers.js";
import { BLOCK, Block } from "./block.js";

interface Halves {
  readonly high: number;
  readonly low: number;
}

/**
 * Finds the largest ID that was completed before one time and had settled by another (see {@link Block}), among the
 * answers that are remembered. They lie in order of completion, so the first time says how far to look, and the second
 * one is asked of one block of answers after the other, from the latest back to where no ID was as large.
 */
export class Precedents {
  /** Halves of what the latest search found; -1 where it found nothing. */
  high = -1;
  low = -1;
  readonly #answers: Answers;
  /** Blocks that still have answers, ascending. */
  readonly #blocks: Block[] = [];
  /** Of the blocks that went. */
  #forgotten: Halves;

  /** Starts with what is remembered. */
  constructor(answers: Answers) {
    this.#answers = answers;
    this.#forgotten = { high: answers.begin > 0 ? Number.POSITIVE_INFINITY : -1, low: 0 };
    for (let answer = answers.begin; answer < answers.end; answer++) {
      this.add(answer, answers.high(answer), answers.lastLow(answer), answers.settlesMs(answer));
    }
  }

  /** An ID at or above all that are not remembered any more; infinite where that is not known, -1 before the first. */
  forgotten(): Halves {
    this.#dropForgotten();
    const oldest = this.#blocks[0];
    const isWhole = oldest === undefined || oldest.first >= this.#answers.begin;
    return isWhole || isAbove(this.#forgotten.high, this.#forgotten.low, oldest.soFar.high, oldest.soFar.low)
      ? this.#forgotten
      : oldest.soFar;
  }

  /** Takes the next answer. */
  add(answer: number, high: number, lastLow: number, settlesMs: number): void {
    let block = this.#blocks.at(-1);
    if (block === undefined || answer % BLOCK === 0) {
      block = new Block(answer - (answer % BLOCK), block?.soFar ?? { high: -1, low: -1 });
      this.#blocks.push(block);
      this.#dropForgotten();
    }
    block.add(high, lastLow, settlesMs);
  }

  /**
   * Looks for IDs at or above the first of a run, into `high` and `low`. Ends early where it found one at or above the
   * last of the run.
   */
  find(completedMs: number, settledMs: number, runHigh: number, runLow: number, runLastLow: number): void {
    [this.high, this.low] = [-1, -1];
    const end = this.#answers.firstFrom(completedMs);
    for (let at = this.#blockOf(end - 1); at >= 0; at--) {
      const block = this.#blocks[at] as Block;
      if (isAbove(runHigh, runLow, block.soFar.high, block.soFar.low)) return;
      if (isAbove(runHigh, runLow, block.high, block.low) || block.firstSettlesMs >= settledMs) continue;
      const from = Math.max(block.first, this.#answers.begin);
      const to = Math.min(block.first + BLOCK, end);
      if (to - from === BLOCK) this.#searchFull(block, settledMs);
      else this.#searchOneByOne(from, to, settledMs, runHigh, runLastLow);
      if (!isAbove(runHigh, runLastLow, this.high, this.low)) return;
    }
  }

  #searchOneByOne(from: number, to: number, settledMs: number, runHigh: number, runLastLow: number): void {
    const answers = this.#answers;
    for (let answer = to - 1; answer >= from; answer--) {
      if (answers.settlesMs(answer) < settledMs) this.#raise(answers.high(answer), answers.lastLow(answer));
      if (!isAbove(runHigh, runLastLow, this.high, this.low)) return;
    }
  }

  #searchFull(block: Block, settledMs: number): void {
    if (block.lastSettlesMs < settledMs) {
      this.#raise(block.high, block.low);
    } else {
      const { high, low } = block.settledBefore(settledMs, this.#answers);
      this.#raise(high, low);
    }
  }

  #raise(high: number, low: number): void {
    if (isAbove(high, low, this.high, this.low)) [this.high, this.low] = [high, low];
  }

  /** Where the block of an answer is in the list; below 0 before the first. */
  #blockOf(answer: number): number {
    const first = this.#blocks[0];
    return first === undefined ? -1 : Math.floor((answer - first.first) / BLOCK);
  }

  #dropForgotten(): void {
    for (let first = this.#blocks[0]; first !== undefined; first = this.#blocks[0]) {
      if (first.first + BLOCK > this.#answers.begin) return;
      this.#blocks.shift();
      if (this.#forgotten.high !== Number.POSITIVE_INFINITY) this.#forgotten = first.soFar;
    }
  }
}
