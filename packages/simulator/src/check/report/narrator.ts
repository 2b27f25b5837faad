import type { Layout } from "@shardflake/core";
import { joinHalves } from "../../audit/sections.js";
import type { Violation } from "../../outcome/outcome.js";
import type { Answers } from "../history/answers.js";
import type { Holdings } from "../holdings/holdings.js";
import { BAR_HIGH, BAR_LOW, RAISED_COMPLETED, RAISED_REQUESTED, ROW } from "../holdings/row.js";
import type { Seat } from "../holdings/tenure.js";
import type { Sighting } from "../sighting.js";
import type { FaultsSeen } from "./faults-seen.js";
import { msText } from "./figures.js";

/** An ID, who issued it, and when. Times are NaN where they are not known any more. */
export interface Sight {
  readonly high: number;
  readonly low: number;
  readonly seat: Seat;
  readonly requestedMs: number;
  readonly completedMs: number;
}

/** Says what happened, for people: which IDs, their sections, who issued them and when, and what was wrong at that time. */
export class Narrator {
  readonly #layout: Layout;
  readonly #holdings: Holdings;
  readonly #answers: Answers;
  readonly #faults: FaultsSeen;

  constructor(layout: Layout, holdings: Holdings, answers: Answers, faults: FaultsSeen) {
    this.#layout = layout;
    this.#holdings = holdings;
    this.#answers = answers;
    this.#faults = faults;
  }

  /** The ID of an answer that is so many places after its first. */
  sight({ high, low, holding, requestedMs, completedMs }: Sighting, place: number): Sight {
    return { high, low: low + place, seat: this.#holdings.seats[holding] as Seat, requestedMs, completedMs };
  }

  /** An ID that one of these seats issued and that was completed before a time. */
  recall(high: number, low: number, beforeMs: number, seats: readonly Seat[]): Sight {
    const answer = this.#answers.find(high, low, beforeMs, new Set(seats.map(({ holding }) => holding)));
    if (answer !== undefined) {
      const { requestedMs, completedMs } = answer;
      return { high, low, seat: this.#holdings.seats[answer.holding] as Seat, requestedMs, completedMs };
    }
    const rows = this.#holdings.rows;
    const at = (seat: Seat): number => seat.tenure.row * ROW;
    const raiser = seats.find((seat) => rows[at(seat) + BAR_HIGH] === high && rows[at(seat) + BAR_LOW] === low);
    const seat = raiser ?? (seats[0] as Seat);
    const [requestedMs, completedMs] =
      raiser === undefined
        ? [Number.NaN, Number.NaN]
        : [rows[at(seat) + RAISED_REQUESTED] as number, rows[at(seat) + RAISED_COMPLETED] as number];
    return { high, low, seat, requestedMs, completedMs };
  }

  /** A violation by one ID. */
  one(id: Sight, what: string): Omit<Violation, "invariant"> {
    return {
      shard: id.seat.told.shard,
      atMs: id.completedMs,
      ids: [decimal(id)],
      detail: `${this.#describe(id)}, ${what}; ${this.#faults.describe(id.requestedMs, id.completedMs)}.`,
    };
  }

  /** A violation by an ID in the face of an earlier one. */
  two(id: Sight, what: string, earlier: Sight): Omit<Violation, "invariant"> {
    const fromMs = Math.min(id.requestedMs, earlier.requestedMs || id.requestedMs);
    return {
      shard: id.seat.told.shard,
      atMs: id.completedMs,
      ids: [decimal(earlier), decimal(id)],
      detail: `${this.#describe(id)}, ${what} ${this.#describe(earlier)}; ${this.#faults.describe(fromMs, id.completedMs)}.`,
    };
  }

  /** Something about a shard, without an ID. */
  none(shard: number, fromMs: number, atMs: number, what: string): Omit<Violation, "invariant"> {
    return { shard, atMs, ids: [], detail: `Shard ${shard} ${what}; ${this.#faults.describe(fromMs, atMs)}.` };
  }

  #describe(id: Sight): string {
    const { told } = id.seat;
    const copy = told.copy === "clone" ? ", a clone" : "";
    const times = Number.isNaN(id.completedMs)
      ? "too long ago to know when"
      : `requested at ${msText(id.requestedMs)}, completed at ${msText(id.completedMs)}`;
    return `ID ${decimal(id)} (${this.#sections(id)}) of shard ${told.shard} (generation ${told.generation}${copy}), ${times}`;
  }

  /** Takes the ID apart by the definition of the layout; whatever is above it counts to the tick. */
  #sections(id: Sight): string {
    const { sequenceBits, machineBits, datacenterBits } = this.#layout;
    let rest = joinHalves(id.high & 0x7fffffff, id.low);
    const take = (bits: number): bigint => {
      const taken = BigInt.asUintN(bits, rest);
      rest >>= BigInt(bits);
      return taken;
    };
    const sequence = take(sequenceBits);
    const machineId = take(machineBits);
    const datacenterId = take(datacenterBits);
    const sign = id.high >= 2 ** 31 ? "sign bit 1, " : "";
    return `${sign}tick ${rest}, machine ID ${datacenterId}/${machineId}, sequence ${sequence}`;
  }
}

function decimal({ high, low }: Sight): string {
  return joinHalves(high, low).toString();
}
