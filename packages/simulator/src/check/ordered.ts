import type { InvariantResult } from "../outcome/outcome.js";
import { countUpTo, isAbove } from "./halves.js";
import type { Answers } from "./history/answers.js";
import { Precedents } from "./history/precedents.js";
import type { Holdings } from "./holdings/holdings.js";
import type { Narrator } from "./report/narrator.js";
import type { Violations } from "./report/violations.js";
import type { Sighting } from "./sighting.js";

/**
 * If a was completed more than 2 ε + q before b was requested, a < b; ε is the larger error of their clocks, q a tick.
 *
 * Nothing has to be compared as long as the ticks are true to the clocks. If a's tick starts at most a's error after its
 * completion, and b's at most b's error and a tick before its request, then
 *
 *   start(b) - start(a) ≥ (requested(b) - error(b) - q) - (completed(a) + error(a)) ≥ Δ - q - 2 ε > 0.
 *
 * So in a pair that is out of order, a is ahead of its clock, or b behind; from the first such ID on, they are looked for
 * among all that is remembered. With completed(a) + 2 error(a) as the time when a settles, the statement is about those
 * that were completed before requested(b) - q - 2 error(b) and had settled before requested(b) - q.
 */
export class Ordered {
  readonly #tickMs: number;
  readonly #answers: Answers;
  readonly #holdings: Holdings;
  readonly #violations: Violations;
  readonly #narrator: Narrator;
  #precedents: Precedents | null = null;
  /** Halves of the largest ID that was ahead of its clock, -1 before the first; and which answer was the first such. */
  #aheadHigh = -1;
  #aheadLow = -1;
  #firstAhead: number = Number.POSITIVE_INFINITY;

  constructor(tickMs: number, answers: Answers, holdings: Holdings, violations: Violations, narrator: Narrator) {
    this.#tickMs = tickMs;
    this.#answers = answers;
    this.#holdings = holdings;
    this.#violations = violations;
    this.#narrator = narrator;
  }

  /** Takes an answer that is about to be remembered. */
  see(sighting: Sighting): void {
    const { tickStartMs, errorMs } = sighting;
    // The sign bit is no part of the tick, and makes an ID larger than every tick does.
    const isAhead = tickStartMs > sighting.completedMs + errorMs || sighting.high >= 2 ** 31;
    const isBehind = tickStartMs < sighting.requestedMs - errorMs - this.#tickMs;
    if (isAhead || isBehind || this.#precedents !== null) this.#compare(sighting, isAhead, isBehind);
  }

  result(): InvariantResult {
    const figure = `${this.#violations.count("ordered")} IDs out of order across shards`;
    return this.#violations.result("ordered", figure, `0 more than 2 ε + ${this.#tickMs} ms apart`);
  }

  #compare(sighting: Sighting, isAhead: boolean, isBehind: boolean): void {
    const { high, lastLow, completedMs, errorMs } = sighting;
    this.#precedents ??= new Precedents(this.#answers);
    if (isBehind || !isAbove(sighting.high, sighting.low, this.#aheadHigh, this.#aheadLow)) {
      this.#look(this.#precedents, sighting, isBehind);
    }
    this.#precedents.add(this.#answers.end, high, lastLow, completedMs + 2 * errorMs);
    if (!isAhead) return;
    this.#firstAhead = Math.min(this.#firstAhead, this.#answers.end);
    if (isAbove(high, lastLow, this.#aheadHigh, this.#aheadLow)) [this.#aheadHigh, this.#aheadLow] = [high, lastLow];
  }

  #look(precedents: Precedents, sighting: Sighting, isBehind: boolean): void {
    const { high, low, lastLow, errorMs } = sighting;
    const settledMs = sighting.requestedMs - this.#tickMs;
    const completedMs = settledMs - 2 * errorMs;
    precedents.find(completedMs, settledMs, high, low, lastLow);
    const tooSmall = countUpTo(high, low, lastLow, precedents.high, precedents.low);
    if (tooSmall > 0) {
      this.#violations.add("ordered", tooSmall, () => {
        const earlier = this.#narrator.recall(precedents.high, precedents.low, completedMs, this.#holdings.seats);
        return this.#narrator.two(this.#narrator.sight(sighting, 0), "is not larger than the much earlier", earlier);
      });
    }
    const unknown = this.#forgotten(precedents, sighting, isBehind);
    if (unknown > tooSmall) this.#violations.addUndecided("ordered", unknown - tooSmall);
  }

  /** How many of the IDs are not above some that must be compared with them and are not remembered any more. */
  #forgotten(precedents: Precedents, { high, low, lastLow }: Sighting, isBehind: boolean): number {
    if (isBehind) {
      const forgotten = precedents.forgotten();
      return countUpTo(high, low, lastLow, forgotten.high, forgotten.low);
    }
    return this.#firstAhead >= this.#answers.begin ? 0 : countUpTo(high, low, lastLow, this.#aheadHigh, this.#aheadLow);
  }
}
