import type { InvariantResult } from "../outcome/outcome.js";
import { isAbove } from "./halves.js";
import { msText } from "./report/figures.js";
import type { Sighting } from "./sighting.js";

const FIRST_STEPS = 1024;
const DEFAULT_STEPS: number = 2 ** 18;

/**
 * How far the stream in order of completion is from sorted: the radius k, the largest distance in places of two IDs of
 * which the earlier is the larger (Altman & Igarashi 1989, "Roughly sorting: sequential and parallel approach"), and the
 * largest distance in time of two such IDs. Both are reported and never fail.
 *
 * The earliest ID larger than a given one is where the largest ID so far rose above it. These steps are kept, and one is
 * followed at k + 1 places behind: as long as IDs are at least what the largest was there, k need not grow. So an ID costs
 * O(1), and a search only where k grows.
 */
export class KSorted {
  radius = 0;
  readonly #tickMs: number;
  readonly #most: number;
  /** Place in the stream, and high half, of the first ID of each step: IDs that each were the largest so far. */
  #places: Float64Array;
  #highs: Uint32Array;
  #lows: Uint32Array;
  #lastLows: Uint32Array;
  #count = 0;
  /** The largest ID. */
  #maxHigh = -1;
  #maxLow = -1;
  #maxTick = 0;
  #inversionTicks = 0;
  #place = 0;
  /** The last step that begins at most at the place followed; -1 before all steps. */
  #lag = -1;
  #hasDropped = false;
  #isExact = true;

  constructor(tickMs: number, mostSteps: number = DEFAULT_STEPS) {
    this.#tickMs = tickMs;
    this.#most = mostSteps;
    const steps = Math.min(FIRST_STEPS, mostSteps);
    this.#places = new Float64Array(steps);
    this.#highs = new Uint32Array(steps);
    this.#lows = new Uint32Array(steps);
    this.#lastLows = new Uint32Array(steps);
  }

  get inversionMs(): number {
    return this.#inversionTicks * this.#tickMs;
  }

  see({ high, low, lastLow, count, tick }: Sighting): void {
    const place = this.#place;
    this.#place = place + count;
    if (tick >= this.#maxTick) this.#maxTick = tick;
    else if (this.#maxTick - tick > this.#inversionTicks) this.#inversionTicks = this.#maxTick - tick;
    if (isAbove(high, low, this.#maxHigh, this.#maxLow)) {
      this.#rise(place, high, low, lastLow);
      return;
    }
    if (this.#mayWiden(place, count, high, low)) this.#widen(place, count, high, low, lastLow);
    // Of IDs that overlap those of the largest's tick and machine ID, the rest is larger.
    if (isAbove(high, lastLow, this.#maxHigh, this.#maxLow)) {
      this.#rise(place + this.#maxLow + 1 - low, high, this.#maxLow + 1, lastLow);
    }
  }

  result(): InvariantResult {
    const radius = this.#isExact ? `k = ${this.radius}` : `k ≥ ${this.radius}`;
    return {
      name: "k-sorted",
      verdict: "pass",
      figure: `${radius}, largest inversion ${msText(this.inversionMs)}`,
      bound: "reported",
    };
  }

  /** Adds a step of IDs larger than all before. */
  #rise(place: number, high: number, low: number, lastLow: number): void {
    const last = this.#count - 1;
    this.#maxHigh = high;
    this.#maxLow = lastLow;
    if (last >= 0 && high === this.#highs[last] && low - 1 === this.#lastLows[last]) {
      const length = low - (this.#lows[last] as number);
      if ((this.#places[last] as number) + length === place) {
        this.#lastLows[last] = lastLow;
        return;
      }
    }
    if (this.#count === this.#places.length) this.#makeRoom();
    this.#places[this.#count] = place;
    this.#highs[this.#count] = high;
    this.#lows[this.#count] = low;
    this.#lastLows[this.#count] = lastLow;
    this.#count++;
  }

  /** Whether some ID more than k places before the last of these may be larger than the first of them. */
  #mayWiden(place: number, count: number, high: number, low: number): boolean {
    const followed = place + count - 2 - this.radius;
    let lag = this.#lag;
    while (lag + 1 < this.#count && (this.#places[lag + 1] as number) <= followed) lag++;
    this.#lag = lag;
    if (lag >= 0) return isAbove(this.#highs[lag] as number, this.#lastLows[lag] as number, high, low);
    return this.#hasDropped && isAbove(this.#highs[0] as number, this.#lastLows[0] as number, high, low);
  }

  /** Finds the earliest larger ID for each of these IDs. */
  #widen(place: number, count: number, high: number, low: number, lastLow: number): void {
    let step = this.#firstAbove(high, low);
    if (step === 0 && this.#hasDropped) this.#isExact = false;
    for (; step < this.#count; step++) {
      const stepPlace = this.#places[step] as number;
      const stepLow = this.#lows[step] as number;
      if (stepPlace >= place) break;
      if (this.#highs[step] === high && stepLow <= lastLow) {
        // IDs of one tick and machine ID, some of them larger and some smaller: places and IDs run in parallel.
        this.#widenTo(place + stepLow - low - 1 - stepPlace);
      } else {
        this.#widenTo(place + count - 1 - stepPlace);
        break;
      }
    }
  }

  #widenTo(radius: number): void {
    if (radius <= this.radius) return;
    this.radius = radius;
    const followed = this.#place - 2 - radius;
    while (this.#lag >= 0 && (this.#places[this.#lag] as number) > followed) this.#lag--;
  }

  /** The first step with an ID above this one. */
  #firstAbove(high: number, low: number): number {
    let [from, to] = [-1, this.#count];
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (isAbove(this.#highs[middle] as number, this.#lastLows[middle] as number, high, low)) to = middle;
      else from = middle;
    }
    return to;
  }

  #makeRoom(): void {
    if (this.#count < this.#most) {
      const size = Math.min(this.#most, 2 * this.#count);
      this.#places = enlarged(this.#places, new Float64Array(size));
      this.#highs = enlarged(this.#highs, new Uint32Array(size));
      this.#lows = enlarged(this.#lows, new Uint32Array(size));
      this.#lastLows = enlarged(this.#lastLows, new Uint32Array(size));
      return;
    }
    const dropped = this.#count >> 1;
    for (const column of [this.#places, this.#highs, this.#lows, this.#lastLows]) column.copyWithin(0, dropped);
    this.#count -= dropped;
    this.#lag = Math.max(-1, this.#lag - dropped);
    this.#hasDropped = true;
  }
}

function enlarged<Column extends Float64Array | Uint32Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
