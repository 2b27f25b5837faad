import type { InvariantResult } from "../outcome/outcome.js";
import { countUpTo } from "./halves.js";
import type { SeenIds } from "./history/seen-ids.js";
import type { Holdings } from "./holdings/holdings.js";
import type { Seat } from "./holdings/tenure.js";
import type { Narrator } from "./report/narrator.js";
import type { Violations } from "./report/violations.js";
import type { Sighting } from "./sighting.js";

/** No two IDs are equal, except those of copies of one process in the window in which it was copied. */
export class Unique {
  readonly #holdings: Holdings;
  readonly #seen: SeenIds;
  readonly #violations: Violations;
  readonly #narrator: Narrator;

  constructor(holdings: Holdings, seen: SeenIds, violations: Violations, narrator: Narrator) {
    this.#holdings = holdings;
    this.#seen = seen;
    this.#violations = violations;
    this.#narrator = narrator;
  }

  /** Takes an answer whose IDs might have been issued before. */
  see(sighting: Sighting): void {
    const { duplicates, first } = this.#seen.see(sighting);
    if (first !== undefined) {
      this.#violations.add("unique", duplicates, () => {
        const seats = [this.#holdings.seats[first.holding] as Seat];
        const earlier = this.#narrator.recall(sighting.high, first.low, Number.POSITIVE_INFINITY, seats);
        return this.#narrator.two(this.#narrator.sight(sighting, first.low - sighting.low), "is equal to", earlier);
      });
    }
    const { high, low, lastLow } = sighting;
    const { forgottenHigh, forgottenLow } = this.#holdings.machine(sighting.key);
    const unknown = countUpTo(high, low, lastLow, forgottenHigh, forgottenLow);
    if (unknown > duplicates) this.#violations.addUndecided("unique", unknown - duplicates);
  }

  result(issued: number): InvariantResult {
    const duplicates = this.#violations.count("unique");
    return this.#violations.result("unique", `${duplicates} of ${issued} IDs were issued before`, "0");
  }
}
