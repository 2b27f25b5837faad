import type { Observer } from "../observation/observer.js";
import { Calendar } from "./calendar.js";

/** How many answers of a member are worked out at a time: more would gain nothing. */
const MOST_BITS = 6;
const MOST: number = 2 ** MOST_BITS;

/** An answer, in 64-bit numbers: the error of its clock, and the halves of its ID (two words). */
const ANSWER = 2;
const ID = 1;

/**
 * Answers that were worked out before their time came, each of one ID in the moment in which it was asked for. Nothing but
 * its own clock and window has a say in what a member answers, so it can be done for several requests one after the
 * other, while all that is needed is in the cache, and told in its turn among the answers of the others.
 */
export class Foresight {
  private readonly calendar: Calendar;
  private readonly numbers: Float64Array;
  private readonly words: Uint32Array;
  /** Who issues a member's answers. */
  private readonly holdings: Int32Array;
  private next = 0;
  private end = 0;

  /** @param idsPerMs how many answers to expect of all members together */
  constructor(members: number, idsPerMs: number) {
    this.calendar = new Calendar(members * MOST, idsPerMs);
    this.numbers = new Float64Array(members * MOST * ANSWER);
    this.words = new Uint32Array(this.numbers.buffer);
    this.holdings = new Int32Array(members);
  }

  /** When the first answer is to be told; `Infinity` for none. */
  get firstMs(): number {
    return this.calendar.firstMs;
  }

  /** Whose it is. */
  get first(): number {
    return this.calendar.first >> MOST_BITS;
  }

  /** Answers may be worked out for less than so long after now. */
  get horizonMs(): number {
    return this.calendar.horizonMs;
  }

  /** Whether no more answers of the member can be added. */
  get isFull(): boolean {
    return this.next === this.end;
  }

  /** The next answers of a member are about to be added: all that there were have been told. */
  begin(member: number, holding: number): void {
    this.next = member * MOST;
    this.end = this.next + MOST;
    this.holdings[member] = holding;
  }

  add(atMs: number, errorMs: number, high: number, low: number): void {
    const answer = this.next++;
    const at = answer * ANSWER;
    this.numbers[at] = errorMs;
    this.words[2 * (at + ID)] = high;
    this.words[2 * (at + ID) + 1] = low;
    this.calendar.put(answer, atMs);
  }

  /** The member's answers are complete, and none is before now. Returns whether there are any. */
  conclude(nowMs: number): boolean {
    if (this.end - this.next === MOST) return false;
    this.calendar.seek(nowMs);
    return true;
  }

  /** The time of the first answer has come. */
  tell(observer: Observer): void {
    const { first, firstMs } = this.calendar;
    const at = first * ANSWER;
    const id = 2 * (at + ID);
    const holding = this.holdings[first >> MOST_BITS]!;
    observer.issued(holding, firstMs, firstMs, this.numbers[at]!, this.words[id]!, this.words[id + 1]!, 1);
    this.calendar.advance();
  }
}
