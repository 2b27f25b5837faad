import type { InvariantResult } from "../outcome/outcome.js";
import type { Holdings } from "./holdings/holdings.js";
import { FLOOR, LIMIT, ROW } from "./holdings/row.js";
import { type Seat, seatsOf, type Tenure } from "./holdings/tenure.js";
import type { Narrator } from "./report/narrator.js";
import type { Violations } from "./report/violations.js";
import type { Sighting } from "./sighting.js";

/**
 * A holder issues in its window only; the windows of a machine ID do not overlap and ascend with the generations, and
 * no two holders share a generation.
 */
export class Windows {
  readonly #holdings: Holdings;
  readonly #violations: Violations;
  readonly #narrator: Narrator;

  constructor(holdings: Holdings, violations: Violations, narrator: Narrator) {
    this.#holdings = holdings;
    this.#violations = violations;
    this.#narrator = narrator;
  }

  held(seat: Seat, atMs: number): void {
    const { tenure, told } = seat;
    const peers = tenure.machine.tenures.filter((other) => other.generation === told.generation);
    const isTaken = peers.some((other) => other !== tenure) || (told.copy === "original" && hasOriginal(tenure, seat));
    const below = seatsOf(tenure, "lower").find((other) => this.#limit(other) > this.#floor(seat));
    if (isTaken) this.#report(seat, atMs, `holds machine ID ${nameOf(seat)} in a generation that another has`);
    else if (below !== undefined) this.#reportOverlap(seat, below, atMs);
    else this.extended(seat, atMs);
  }

  /** Takes a window that reaches further than before. */
  extended(seat: Seat, atMs: number): void {
    if (seat.tenure.machine.tenures.at(-1) === seat.tenure) return;
    const above = seatsOf(seat.tenure, "higher").find((other) => this.#limit(seat) > this.#floor(other));
    if (above !== undefined) this.#reportOverlap(seat, above, atMs);
  }

  see(sighting: Sighting): void {
    const { tick } = sighting;
    const at = sighting.holding * ROW;
    const { rows } = this.#holdings;
    if (tick <= (rows[at + FLOOR] as number) || tick > (rows[at + LIMIT] as number)) this.#reportOutside(sighting);
  }

  result(): InvariantResult {
    return this.#violations.result("windows", `${this.#violations.count("windows")} windows or IDs outside`, "0");
  }

  #reportOverlap(seat: Seat, other: Seat, atMs: number): void {
    this.#report(
      seat,
      atMs,
      `may issue ticks (${this.#floor(seat)}, ${this.#limit(seat)}] of machine ID ${nameOf(seat)} in generation ` +
        `${seat.tenure.generation}, shard ${other.told.shard} (${this.#floor(other)}, ${this.#limit(other)}] in ` +
        `generation ${other.tenure.generation}`,
    );
  }

  #report(seat: Seat, atMs: number, what: string): void {
    this.#violations.add("windows", 1, () => this.#narrator.none(seat.told.shard, atMs, atMs, what));
  }

  #reportOutside(sighting: Sighting): void {
    this.#violations.add("windows", sighting.count, () => {
      const id = this.#narrator.sight(sighting, 0);
      return this.#narrator.one(id, `is outside its window, ticks (${this.#floor(id.seat)}, ${this.#limit(id.seat)}]`);
    });
  }

  #floor({ holding }: Seat): number {
    return this.#holdings.rows[holding * ROW + FLOOR] as number;
  }

  #limit({ holding }: Seat): number {
    return this.#holdings.rows[holding * ROW + LIMIT] as number;
  }
}

function hasOriginal({ seats }: Tenure, apartFrom: Seat): boolean {
  return seats.some((seat) => seat !== apartFrom && seat.told.copy === "original");
}

function nameOf({ told }: Seat): string {
  return `${told.datacenterId}/${told.machineId}`;
}
