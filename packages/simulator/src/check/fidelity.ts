import type { InvariantResult } from "../outcome/outcome.js";
import { msText } from "./report/figures.js";
import type { Narrator } from "./report/narrator.js";
import type { Violations } from "./report/violations.js";
import type { Sighting } from "./sighting.js";

/**
 * The time of an ID, the start of its tick, is at most the error of the issuing clock and one tick away from the time
 * between request and completion.
 */
export class Fidelity {
  readonly #tickMs: number;
  readonly #violations: Violations;
  readonly #narrator: Narrator;
  /** Largest distance beyond the error of the clock. */
  #mostMs = 0;

  constructor(tickMs: number, violations: Violations, narrator: Narrator) {
    this.#tickMs = tickMs;
    this.#violations = violations;
    this.#narrator = narrator;
  }

  see(sighting: Sighting): void {
    const { tickStartMs, errorMs } = sighting;
    const beyondMs = Math.max(sighting.requestedMs - tickStartMs, tickStartMs - sighting.completedMs) - errorMs;
    if (beyondMs > this.#mostMs) this.#mostMs = beyondMs;
    if (beyondMs > this.#tickMs) this.#report(sighting);
  }

  result(): InvariantResult {
    return this.#violations.result(
      "fidelity",
      `${this.#violations.count("fidelity")} IDs off, at most ${msText(this.#mostMs)} beyond the clock's error`,
      msText(this.#tickMs),
    );
  }

  #report(sighting: Sighting): void {
    const { tickStartMs, errorMs } = sighting;
    const what = `stands for ${msText(tickStartMs)}, though its clock was at most ${msText(errorMs)} off`;
    this.#violations.add("fidelity", sighting.count, () => this.#narrator.one(this.#narrator.sight(sighting, 0), what));
  }
}
