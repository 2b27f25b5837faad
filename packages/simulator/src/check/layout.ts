import type { Layout } from "@shardflake/core";
import type { InvariantResult } from "../outcome/outcome.js";
import type { Holdings } from "./holdings/holdings.js";
import { KEY, ROW } from "./holdings/row.js";
import type { Narrator } from "./report/narrator.js";
import type { Violations } from "./report/violations.js";
import type { Decoder, Sighting } from "./sighting.js";

const SIGN = 2 ** 31;

/** Bit 63 is 0, every section is in its range, and datacenter ID and machine ID are the holder's. */
export class LayoutCheck {
  readonly #layout: Layout;
  readonly #highMask: number;
  readonly #lowMask: number;
  readonly #holdings: Holdings;
  readonly #violations: Violations;
  readonly #narrator: Narrator;

  constructor(layout: Layout, { sections }: Decoder, holdings: Holdings, violations: Violations, narrator: Narrator) {
    this.#layout = layout;
    this.#highMask = sections.strayHighMask | SIGN;
    this.#lowMask = sections.strayLowMask;
    this.#holdings = holdings;
    this.#violations = violations;
    this.#narrator = narrator;
  }

  see(sighting: Sighting): void {
    const isStray = ((sighting.high & this.#highMask) | (sighting.low & this.#lowMask)) !== 0;
    if (isStray || sighting.key !== this.#holdings.rows[sighting.holding * ROW + KEY]) this.#report(sighting, isStray);
  }

  result(): InvariantResult {
    const { digest } = this.#layout;
    const figure = `${this.#violations.count("layout")} IDs outside the layout or of another machine ID`;
    return this.#violations.result("layout", figure, `0 (${digest})`);
  }

  #report(sighting: Sighting, isStray: boolean): void {
    this.#violations.add("layout", sighting.count, () => {
      const id = this.#narrator.sight(sighting, 0);
      const { datacenterId, machineId } = id.seat.told;
      const what = isStray
        ? `sets bits above the ${this.#layout.totalBits} bits of the layout`
        : `carries another machine ID than its holder's, ${datacenterId}/${machineId}`;
      return this.#narrator.one(id, what);
    });
  }
}
