import { isAbove } from "./halves.js";
import type { Answers } from "./history/answers.js";
import { Maxima } from "./history/maxima.js";
import type { SeenIds } from "./history/seen-ids.js";
import type { Holdings } from "./holdings/holdings.js";
import { BAR_HIGH, BAR_LOW, IS_PLAIN, RAISED_COMPLETED, ROW } from "./holdings/row.js";
import type { Machine, Seat, Tenure } from "./holdings/tenure.js";
import type { Decoder } from "./sighting.js";

/** Steps of the largest IDs of one holding that are kept, to compare requests with that were under way meanwhile. */
const MOST_STEPS = 65_536;

/**
 * Starts and ends the time in which the IDs of a machine ID are looked up one by one. As long as all its IDs ascend
 * from generation to generation there is no need; from then on, what the history has of them is indexed.
 */
export class Lookups {
  readonly #decoder: Decoder;
  readonly #holdings: Holdings;
  readonly #answers: Answers;
  readonly #seen: SeenIds;
  #isActive: boolean;

  constructor(decoder: Decoder, holdings: Holdings, answers: Answers, seen: SeenIds, when: "always" | "where-needed") {
    this.#decoder = decoder;
    this.#holdings = holdings;
    this.#answers = answers;
    this.#seen = seen;
    this.#isActive = when === "always";
  }

  /** Looks the IDs of a machine ID up from now on. */
  start(machine: Machine): void {
    if (machine.isLookedUp) return;
    machine.isLookedUp = true;
    const seats = machine.tenures.flatMap((tenure) => tenure.seats);
    for (const seat of seats) this.enter(seat);
    this.#isActive = true;
    const answers = this.#answers;
    const oldest = new Map<Tenure, Halves>();
    for (let answer = answers.begin; answer < answers.end; answer++) {
      const [high, low, holding] = [answers.high(answer), answers.low(answer), answers.holding(answer)];
      const lastLow = low + answers.count(answer) - 1;
      if (this.#decoder.sections.machineKey(high, low) === machine.key) this.#seen.add(high, low, lastLow, holding);
      const seat = this.#holdings.seats[holding] as Seat;
      if (seat.tenure.machine !== machine) continue;
      seat.maxima?.add(high, lastLow, answers.completedMs(answer));
      if (!oldest.has(seat.tenure)) oldest.set(seat.tenure, { high, low });
    }
    for (const seat of seats) this.#addBar(seat);
    if (answers.begin > 0) this.#forgetBefore(machine, oldest);
  }

  /** Whether any machine ID is looked up, so that {@link forgetOldest} must be told of answers that go. */
  get isActive(): boolean {
    return this.#isActive;
  }

  /** Gives a holding of a machine ID that is looked up what it needs. */
  enter(seat: Seat): void {
    this.#holdings.rows[seat.tenure.row * ROW + IS_PLAIN] = 0;
    seat.maxima = new Maxima(MOST_STEPS, this.#answers.begin > 0 ? "forgotten" : "whole");
  }

  /** Drops the oldest answer, which the next one will take the place of. */
  forgetOldest(): void {
    const answers = this.#answers;
    const oldest = answers.begin;
    const [high, low, holding] = [answers.high(oldest), answers.low(oldest), answers.holding(oldest)];
    if (!(this.#holdings.seats[holding] as Seat).tenure.machine.isLookedUp) return;
    const lastLow = low + answers.count(oldest) - 1;
    this.#seen.remove(high, low, lastLow, holding);
    forget(this.#holdings.machine(this.#decoder.sections.machineKey(high, low)), high, lastLow);
  }

  /**
   * Works out up to where the IDs of a machine ID may be forgotten, which nobody noted as long as they ascended: for each
   * tenure all before the oldest that is known, or all of it.
   */
  #forgetBefore(machine: Machine, oldest: ReadonlyMap<Tenure, Halves>): void {
    for (const tenure of machine.tenures) {
      const first = oldest.get(tenure);
      if (first !== undefined) forget(machine, first.high, first.low - 1);
      else {
        const bar = tenure.row * ROW;
        forget(machine, this.#holdings.rows[bar + BAR_HIGH] as number, this.#holdings.rows[bar + BAR_LOW] as number);
      }
    }
  }

  /** The bar of a tenure outlives its answers in the history. */
  #addBar({ tenure, maxima }: Seat): void {
    const { rows } = this.#holdings;
    const at = tenure.row * ROW;
    const completedMs = rows[at + RAISED_COMPLETED] as number;
    if (maxima?.isEmpty && tenure.seats.length === 1 && !Number.isNaN(completedMs)) {
      maxima.add(rows[at + BAR_HIGH] as number, rows[at + BAR_LOW] as number, completedMs);
    }
  }
}

interface Halves {
  readonly high: number;
  readonly low: number;
}

function forget(machine: Machine, high: number, low: number): void {
  if (!isAbove(high, low, machine.forgottenHigh, machine.forgottenLow)) return;
  machine.forgottenHigh = high;
  machine.forgottenLow = low;
}
