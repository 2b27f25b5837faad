import type { InvariantResult } from "../outcome/outcome.js";
import type { SeenIds } from "./history/seen-ids.js";
import type { Violations } from "./report/violations.js";
import type { Witness } from "./report/witness.js";
import type { Sighting } from "./sighting.js";

/**
 * No more IDs in a tick of a machine ID than its sequence can number. Different IDs cannot be too many, so only those
 * are counted of which some came again.
 */
export class Capacity {
  readonly #idsPerTick: number;
  readonly #seen: SeenIds;
  readonly #violations: Violations;
  readonly #witness: Witness;

  constructor(idsPerTick: number, seen: SeenIds, violations: Violations, witness: Witness) {
    this.#idsPerTick = idsPerTick;
    this.#seen = seen;
    this.#violations = violations;
    this.#witness = witness;
  }

  /** Takes an answer that is among the IDs seen already. */
  see(sighting: Sighting): void {
    const { count } = sighting;
    const tooMany = Math.min(count, this.#seen.inTick(sighting) - this.#idsPerTick);
    if (tooMany <= 0) return;
    const what = `is one too many: ${this.#idsPerTick} IDs of this tick and machine ID were issued before`;
    this.#violations.add("capacity", tooMany, () =>
      this.#witness.one(this.#witness.sight(sighting, count - tooMany), what),
    );
  }

  result(): InvariantResult {
    const figure = `${this.#violations.count("capacity")} IDs too many`;
    return this.#violations.result("capacity", figure, `${this.#idsPerTick} in a tick and machine ID`);
  }
}
