import type { InvariantResult } from "../outcome/outcome.js";
import { msText } from "./report/figures.js";
import type { Narrator } from "./report/narrator.js";
import type { Violations } from "./report/violations.js";
import type { Sighting } from "./sighting.js";

/** Answers that rose above those before them and are remembered; of older ones only the highest is. */
const MOST_ANSWERS = 2 ** 16;

/** An answer, in true time since the start of the scenario. */
interface Answer {
  readonly tick: number;
  readonly atMs: number;
}

/** Once somebody was told a horizon, no request that begins later, anywhere, gets an ID of its tick or below. */
export class Horizon {
  readonly #tickStartMs: (tick: number) => number;
  readonly #violations: Violations;
  readonly #narrator: Narrator;
  /** Each higher than the one before. */
  #answers: Answer[] = [];
  #forgotten: Answer = { tick: -1, atMs: Number.NEGATIVE_INFINITY };
  #highest = -1;
  #told = 0;
  #lagMs = 0;

  constructor(tickStartMs: (tick: number) => number, violations: Violations, narrator: Narrator) {
    this.#tickStartMs = tickStartMs;
    this.#violations = violations;
    this.#narrator = narrator;
  }

  /** Whether anybody was told a horizon: otherwise there is nothing to report. */
  get isAsked(): boolean {
    return this.#told > 0;
  }

  told(tick: number, atMs: number): void {
    this.#told++;
    this.#lagMs += atMs - this.#tickStartMs(tick + 1);
    if (tick <= this.#highest) return;
    this.#highest = tick;
    if (this.#answers.push({ tick, atMs }) < MOST_ANSWERS) return;
    this.#forgotten = this.#answers[MOST_ANSWERS / 2 - 1] as Answer;
    this.#answers = this.#answers.slice(MOST_ANSWERS / 2);
  }

  see(sighting: Sighting): void {
    const { tick, requestedMs, count } = sighting;
    if (tick > this.#highest) return;
    const answer = this.#answers.findLast(({ atMs }) => atMs < requestedMs) ?? this.#forgotten;
    if (tick > answer.tick) return;
    if (answer === this.#forgotten && requestedMs <= answer.atMs) {
      this.#violations.addUndecided("horizon", count);
      return;
    }
    const what = `is below the horizon that was told at ${msText(answer.atMs)}, after tick ${answer.tick}`;
    this.#violations.add("horizon", count, () => this.#narrator.one(this.#narrator.sight(sighting, 0), what));
  }

  result(): InvariantResult {
    const figure = `${this.#violations.count("horizon")} IDs below one of ${this.#told} horizons`;
    const lag = `they lag by ${msText(this.#lagMs / this.#told)} on average`;
    return this.#violations.result("horizon", `${figure}; ${lag}`, "0 in later requests");
  }
}
