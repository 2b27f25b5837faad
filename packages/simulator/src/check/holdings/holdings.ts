import type { Layout } from "@shardflake/core";
import type { Holding } from "../../observation/observer.js";
import { LIMIT, ROW } from "./row.js";
import type { Machine, Seat, Tenure } from "./tenure.js";

const FIRST_ROWS = 64;

/** Who holds what: everything that was told of holdings. */
export class Holdings {
  rows: Float64Array = new Float64Array(FIRST_ROWS * ROW);
  readonly seats: Seat[] = [];
  readonly #layout: Layout;
  readonly #machines = new Map<number, Machine>();
  readonly #areLookedUp: boolean;

  /** @param lookups "always" where IDs are not expected to ascend */
  constructor(layout: Layout, lookups: "always" | "where-needed") {
    this.#layout = layout;
    this.#areLookedUp = lookups === "always";
  }

  /** Takes a new holding, whose number is the number of those before it. */
  add(told: Holding): Seat {
    const machine = this.machine(told.datacenterId * this.#layout.machinesPerDatacenter + told.machineId);
    const number = this.seats.length;
    if (number * ROW === this.rows.length) this.#grow();
    this.rows.set([told.floor, told.floor, -1, -1, Number.NaN, Number.NaN, machine.key, 0], number * ROW);
    const known = machine.tenures.findLast(
      ({ holder, generation }) => holder === told.holder && generation === told.generation,
    );
    const tenure = known ?? start(machine, told, number);
    const seat: Seat = { holding: number, told, tenure, copiedLimit: null, maxima: null };
    tenure.seats.push(seat);
    this.seats.push(seat);
    return seat;
  }

  /** Raises the limit of a holding's window; a smaller one changes nothing. */
  extend(holding: number, limit: number): void {
    const seat = this.seats[holding] as Seat;
    if (seat.told.copy === "clone") seat.copiedLimit ??= limit;
    this.rows[holding * ROW + LIMIT] = Math.max(limit, this.rows[holding * ROW + LIMIT] as number);
  }

  /** Sets the limit of a holding's window to where it ended. */
  end(holding: number, limit: number): void {
    this.rows[holding * ROW + LIMIT] = limit;
  }

  /** The machine ID with this key, which nobody may hold. */
  machine(key: number): Machine {
    const known = this.#machines.get(key);
    if (known !== undefined) return known;
    const made: Machine = { key, tenures: [], isLookedUp: this.#areLookedUp, forgottenHigh: -1, forgottenLow: -1 };
    this.#machines.set(key, made);
    return made;
  }

  /**
   * Whether two holdings may issue the same IDs of this tick: a process and its copy, or two copies, up to the limit
   * that the window had when the copy was made.
   */
  isExempt(holding: number, otherHolding: number, tick: number): boolean {
    if (holding === otherHolding) return false;
    const seat = this.seats[holding] as Seat;
    const other = this.seats[otherHolding] as Seat;
    if (seat.tenure !== other.tenure) return false;
    const isCopied = seat.told.copy === "clone" || other.told.copy === "clone";
    return isCopied && tick <= copiedLimit(seat) && tick <= copiedLimit(other);
  }

  #grow(): void {
    const larger = new Float64Array(this.rows.length * 2);
    larger.set(this.rows);
    this.rows = larger;
  }
}

function start(machine: Machine, { holder, generation }: Holding, row: number): Tenure {
  const tenure: Tenure = {
    machine,
    holder,
    generation,
    row,
    seats: [],
    leastHigh: Number.POSITIVE_INFINITY,
    leastLow: 0,
    ceilingHigh: Number.POSITIVE_INFINITY,
    ceilingLow: 0,
  };
  const at = machine.tenures.findLastIndex((other) => other.generation <= generation) + 1;
  machine.tenures.splice(at, 0, tenure);
  return tenure;
}

/** Up to which tick the holding was one with its original: an original was, for ever. */
function copiedLimit({ told, copiedLimit: limit }: Seat): number {
  return told.copy === "original" ? Number.POSITIVE_INFINITY : (limit ?? Number.NEGATIVE_INFINITY);
}
