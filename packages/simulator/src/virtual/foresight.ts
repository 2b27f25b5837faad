import type { Observer } from "../observation/observer.js";

/** How many answers of a member are worked out at a time. More gain nothing, and a fleet's would not fit into the cache. */
const MOST = 16;

/** A member's row, in 64-bit numbers: */
const HEADER = 3;
const ANSWER = 3;
const ROW: number = HEADER + MOST * ANSWER;
/** the answers that were told and all that there are (two words), the holding, the time of what follows the last answer; */
const HOLDING = 1;
const AFTER = 2;
/** and of each answer its time, the error of its clock, and the halves of its ID (two words). */
const ERROR = 1;
const ID = 2;

/**
 * Answers that were worked out before their time came, each of one ID in the moment in which it was asked for. Nothing but
 * its own clock and window has a say in what a member answers, so it can be done for several requests one after the
 * other, while all that is needed is in the cache, and told in its turn among the answers of the others.
 */
export class Foresight {
  private readonly numbers: Float64Array;
  private readonly words: Uint32Array;

  constructor(members: number) {
    this.numbers = new Float64Array(members * ROW);
    this.words = new Uint32Array(this.numbers.buffer);
  }

  isEmpty(member: number): boolean {
    const row = 2 * member * ROW;
    return this.words[row] === this.words[row + 1];
  }

  isFull(member: number): boolean {
    return this.words[2 * member * ROW + 1] === MOST;
  }

  /** The member's next answers are about to be added. */
  clear(member: number, holding: number): void {
    const row = member * ROW;
    this.words[2 * row] = 0;
    this.words[2 * row + 1] = 0;
    this.words[2 * (row + HOLDING)] = holding;
  }

  add(member: number, atMs: number, errorMs: number, high: number, low: number): void {
    const { numbers, words } = this;
    const row = member * ROW;
    const count = words[2 * row + 1]!;
    words[2 * row + 1] = count + 1;
    const at = row + HEADER + count * ANSWER;
    numbers[at] = atMs;
    numbers[at + ERROR] = errorMs;
    words[2 * (at + ID)] = high;
    words[2 * (at + ID) + 1] = low;
  }

  /** What the member has to do after these answers is due at this time. */
  close(member: number, afterMs: number): void {
    this.numbers[member * ROW + AFTER] = afterMs;
  }

  /** The time of the member's next answer has come. Returns the time of what comes then. */
  tell(member: number, observer: Observer): number {
    const { numbers, words } = this;
    const row = member * ROW;
    const told = words[2 * row]!;
    words[2 * row] = told + 1;
    const at = row + HEADER + told * ANSWER;
    const atMs = numbers[at]!;
    const id = 2 * (at + ID);
    observer.issued(words[2 * (row + HOLDING)]!, atMs, atMs, numbers[at + ERROR]!, words[id]!, words[id + 1]!, 1);
    return told + 1 < words[2 * row + 1]! ? numbers[at + ANSWER]! : numbers[row + AFTER]!;
  }
}
