import type { InvariantResult } from "../outcome/outcome.js";
import { isAbove } from "./halves.js";
import type { SeenIds } from "./history/seen-ids.js";
import type { Holdings } from "./holdings/holdings.js";
import type { Narrator } from "./report/narrator.js";
import type { Violations } from "./report/violations.js";
import type { Sighting } from "./sighting.js";

/**
 * No more IDs in a tick of a machine ID than its sequence can number. Different IDs cannot be too many, so only those
 * are counted of which some came again.
 */
export class Capacity {
  readonly #idsPerTick: number;
  readonly #holdings: Holdings;
  readonly #seen: SeenIds;
  readonly #violations: Violations;
  readonly #narrator: Narrator;

  constructor(idsPerTick: number, holdings: Holdings, seen: SeenIds, violations: Violations, narrator: Narrator) {
    this.#idsPerTick = idsPerTick;
    this.#holdings = holdings;
    this.#seen = seen;
    this.#violations = violations;
    this.#narrator = narrator;
  }

  /** Takes an answer that is among the IDs seen already. */
  see(sighting: Sighting): void {
    const { count } = sighting;
    const tooMany = Math.max(0, Math.min(count, this.#seen.inTick(sighting) - this.#idsPerTick));
    if (tooMany > 0) {
      const what = `is one too many: ${this.#idsPerTick} IDs of this tick and machine ID were issued before`;
      this.#violations.add("capacity", tooMany, () =>
        this.#narrator.one(this.#narrator.sight(sighting, count - tooMany), what),
      );
    }
    if (tooMany < count && this.#isUnknown(sighting)) this.#violations.addUndecided("capacity", count - tooMany);
  }

  result(): InvariantResult {
    const figure = `${this.#violations.count("capacity")} IDs too many`;
    return this.#violations.result("capacity", figure, `${this.#idsPerTick} in a tick and machine ID`);
  }

  /** Whether IDs of the same tick are forgotten, and some of the tick may have come twice. */
  #isUnknown({ key, high, low }: Sighting): boolean {
    const { forgottenHigh, forgottenLow } = this.#holdings.machine(key);
    const firstLow = low - (low % this.#idsPerTick);
    if (isAbove(high, firstLow, forgottenHigh, forgottenLow)) return false;
    return this.#seen.cameAgain || !isAbove(high, low, forgottenHigh, forgottenLow);
  }
}
