import { isAbove } from "../halves.js";
import type { Sighting } from "../sighting.js";
import type { Holdings } from "./holdings.js";
import { BAR_HIGH, BAR_LOW, IS_PLAIN, RAISED_COMPLETED, RAISED_REQUESTED, ROW } from "./row.js";
import type { Machine, Seat, Tenure } from "./tenure.js";

/** Halves of an ID; -1 below every ID. */
interface Halves {
  readonly high: number;
  readonly low: number;
}

/**
 * How far the generations of a machine ID have come. Every ID of a generation is smaller than every ID of the next, so
 * an ID above the bar of its own and all lower generations, and below all of higher ones, is a new one.
 */
export class Succession {
  readonly #holdings: Holdings;

  constructor(holdings: Holdings) {
    this.#holdings = holdings;
  }

  /** Places a holding among the generations of its machine ID. */
  enter(seat: Seat): void {
    const { tenure } = seat;
    const { tenures } = tenure.machine;
    // Whoever stood alone at the top may not any more.
    for (const other of tenures) this.#holdings.rows[other.row * ROW + IS_PLAIN] = 0;
    if (tenure.row !== seat.holding) return;
    const { high, low } = this.below(tenure);
    this.#raiseBar(tenure, high, low, Number.NaN, Number.NaN);
    for (const other of tenures) {
      if (other.generation > tenure.generation) lowerCeiling(tenure, other.leastHigh, other.leastLow);
    }
  }

  /** Whether an answer's IDs are above all that its own and lower generations issued, and below all of higher ones. */
  isBetween({ holding, high, low, lastLow }: Sighting): boolean {
    const { tenure } = this.#holdings.seats[holding] as Seat;
    const bar = this.#bar(tenure);
    return isAbove(high, low, bar.high, bar.low) && isAbove(tenure.ceilingHigh, tenure.ceilingLow, high, lastLow);
  }

  /** The largest ID of all lower generations. */
  below(tenure: Tenure): Halves {
    const { tenures } = tenure.machine;
    let highest: Halves = { high: -1, low: -1 };
    const nearest = tenures.findLastIndex(({ generation }) => generation < tenure.generation);
    for (let at = nearest; at >= 0 && tenures[at]?.generation === tenures[nearest]?.generation; at--) {
      const bar = this.#bar(tenures[at] as Tenure);
      if (isAbove(bar.high, bar.low, highest.high, highest.low)) highest = bar;
    }
    return highest;
  }

  /** Takes an answer into account. */
  take(sighting: Sighting): void {
    const { holding, high, low, lastLow } = sighting;
    const { tenure } = this.#holdings.seats[holding] as Seat;
    const { machine } = tenure;
    const rows = this.#holdings.rows;
    this.#raiseBar(tenure, high, lastLow, sighting.requestedMs, sighting.completedMs);
    const isLeast = isAbove(tenure.leastHigh, tenure.leastLow, high, low);
    if (isLeast) [tenure.leastHigh, tenure.leastLow] = [high, low];
    for (const other of fromTop(machine)) {
      if (other.generation > tenure.generation) this.#raiseBar(other, high, lastLow, Number.NaN, Number.NaN);
      else if (!isLeast) break;
      else if (other.generation < tenure.generation) lowerCeiling(other, high, low);
    }
    const isAlone = machine.tenures.at(-1) === tenure && machine.tenures.at(-2)?.generation !== tenure.generation;
    if (isAlone && tenure.seats.length === 1 && !machine.isLookedUp) rows[tenure.row * ROW + IS_PLAIN] = 1;
  }

  #bar(tenure: Tenure): Halves {
    const at = tenure.row * ROW;
    return { high: this.#holdings.rows[at + BAR_HIGH] as number, low: this.#holdings.rows[at + BAR_LOW] as number };
  }

  /** The times are NaN where another generation issued the ID. */
  #raiseBar(tenure: Tenure, high: number, low: number, requestedMs: number, completedMs: number): void {
    const bar = this.#bar(tenure);
    if (!isAbove(high, low, bar.high, bar.low)) return;
    const rows = this.#holdings.rows;
    const at = tenure.row * ROW;
    rows[at + BAR_HIGH] = high;
    rows[at + BAR_LOW] = low;
    rows[at + RAISED_REQUESTED] = requestedMs;
    rows[at + RAISED_COMPLETED] = completedMs;
  }
}

function* fromTop({ tenures }: Machine): Generator<Tenure> {
  for (let at = tenures.length - 1; at >= 0; at--) yield tenures[at] as Tenure;
}

function lowerCeiling(tenure: Tenure, high: number, low: number): void {
  if (isAbove(tenure.ceilingHigh, tenure.ceilingLow, high, low)) [tenure.ceilingHigh, tenure.ceilingLow] = [high, low];
}
