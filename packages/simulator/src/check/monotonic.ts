import type { InvariantResult } from "../outcome/outcome.js";
import { countFrom, countUpTo, isAbove } from "./halves.js";
import type { Holdings } from "./holdings/holdings.js";
import type { Succession } from "./holdings/succession.js";
import { type Seat, seatsOf, type Tenure } from "./holdings/tenure.js";
import type { Narrator } from "./report/narrator.js";
import type { Violations } from "./report/violations.js";
import type { Sighting } from "./sighting.js";

/** An ID that another must be above, who may have issued it, and by when. */
interface Bar {
  readonly high: number;
  readonly low: number;
  readonly seats: readonly Seat[];
  readonly beforeMs: number;
  /** Whether there may have been a larger one, which is not known any more. */
  readonly isUnknown: boolean;
}

/**
 * For each holder, an ID that was completed before another was requested is the smaller one; for each machine ID, every
 * ID of a generation is smaller than every ID of a higher one, whenever it is completed. Copies of a process are held to
 * the first part among each other above the limit they were copied with.
 */
export class Monotonic {
  readonly #holdings: Holdings;
  readonly #succession: Succession;
  readonly #violations: Violations;
  readonly #narrator: Narrator;

  constructor(holdings: Holdings, succession: Succession, violations: Violations, narrator: Narrator) {
    this.#holdings = holdings;
    this.#succession = succession;
    this.#violations = violations;
    this.#narrator = narrator;
  }

  /** Takes an answer of a machine ID that is looked up, before it is taken into account anywhere. */
  see(sighting: Sighting): void {
    const { high, low, lastLow, count } = sighting;
    const { tenure } = this.#holdings.seats[sighting.holding] as Seat;
    const bar = this.#bar(sighting, tenure);
    const tooSmall = countUpTo(high, low, lastLow, bar.high, bar.low);
    const tooLarge = countFrom(high, low, lastLow, tenure.ceilingHigh, tenure.ceilingLow);
    if (tooSmall > 0) {
      this.#violations.add("monotonic", Math.min(count, tooSmall + tooLarge), () =>
        this.#narrator.two(
          this.#narrator.sight(sighting, 0),
          "is not larger than",
          this.#narrator.recall(bar.high, bar.low, bar.beforeMs, bar.seats),
        ),
      );
    } else if (tooLarge > 0) {
      this.#violations.add("monotonic", tooLarge, () =>
        this.#narrator.two(
          this.#narrator.sight(sighting, count - 1),
          "is not smaller than that of a later generation,",
          this.#narrator.recall(
            tenure.ceilingHigh,
            tenure.ceilingLow,
            Number.POSITIVE_INFINITY,
            seatsOf(tenure, "higher"),
          ),
        ),
      );
    }
    if (bar.isUnknown && tooSmall + tooLarge < count) {
      this.#violations.addUndecided("monotonic", count - tooSmall - tooLarge);
    }
  }

  /** Takes an answer of a machine ID that is looked up into account. */
  remember({ holding, high, lastLow, completedMs }: Sighting): void {
    (this.#holdings.seats[holding] as Seat).maxima?.add(high, lastLow, completedMs);
  }

  result(): InvariantResult {
    return this.#violations.result("monotonic", `${this.#violations.count("monotonic")} IDs out of order`, "0");
  }

  /** What an answer's IDs must be above: the largest of its holder completed before its request, and of lower generations. */
  #bar({ holding, requestedMs, tick, high, low }: Sighting, tenure: Tenure): Bar {
    let { high: barHigh, low: barLow } = this.#succession.below(tenure);
    let issuer: Seat | undefined;
    let isUnknown = false;
    for (const seat of tenure.seats) {
      const { maxima } = seat;
      if (maxima === null || this.#holdings.isExempt(holding, seat.holding, tick)) continue;
      const found = maxima.before(requestedMs);
      if (found === "forgotten" && isAbove(maxima.high, maxima.low, high, low)) isUnknown = true;
      if (found === "found" && isAbove(maxima.high, maxima.low, barHigh, barLow)) {
        [barHigh, barLow, issuer] = [maxima.high, maxima.low, seat];
      }
    }
    const found =
      issuer === undefined
        ? { seats: seatsOf(tenure, "lower"), beforeMs: Number.POSITIVE_INFINITY }
        : { seats: [issuer], beforeMs: requestedMs };
    return { high: barHigh, low: barLow, ...found, isUnknown };
  }
}
