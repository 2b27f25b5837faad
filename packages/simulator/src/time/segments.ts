import { pieceAt } from "./trajectory.js";
import type { View } from "./view.js";

/** One stretch of true time in which both clocks run evenly. */
export interface Segment {
  readonly startMs: number;
  /** Readings at the start. */
  readonly wallMs: number;
  readonly monotonicMs: number;
  /** How fast they run against true time; 0: frozen. */
  readonly wallRate: number;
  readonly monotonicRate: number;
  /** What each reading of the wall clock goes through, in this order. */
  readonly views: readonly View[];
}

const NO_VIEWS: readonly View[] = [];

/**
 * Reads two clocks off a list of segments. The segment last read is kept at hand, because reads mostly come in the order
 * of time; that is all that a read changes, and it changes no reading.
 */
export class Segments {
  readonly #startsMs: Float64Array;
  readonly #walls: Float64Array;
  readonly #wallRates: Float64Array;
  readonly #monotonics: Float64Array;
  readonly #monotonicRates: Float64Array;
  readonly #views: readonly (readonly View[])[];
  #at = 0;
  #fromMs = 0;
  #toMs = 0;
  #wall = 0;
  #wallRate = 0;
  #monotonic = 0;
  #monotonicRate = 0;
  #viewsHere: readonly View[] = NO_VIEWS;

  constructor(segments: readonly Segment[]) {
    this.#startsMs = Float64Array.from(segments, ({ startMs }) => startMs);
    this.#walls = Float64Array.from(segments, ({ wallMs }) => wallMs);
    this.#wallRates = Float64Array.from(segments, ({ wallRate }) => wallRate);
    this.#monotonics = Float64Array.from(segments, ({ monotonicMs }) => monotonicMs);
    this.#monotonicRates = Float64Array.from(segments, ({ monotonicRate }) => monotonicRate);
    this.#views = segments.some(({ views }) => views.length > 0) ? segments.map(({ views }) => views) : [];
    this.#take(0);
  }

  wallMs(trueMs: number): number {
    if (!(trueMs >= this.#fromMs && trueMs < this.#toMs)) this.#find(trueMs);
    const wall = this.#wall + (trueMs - this.#fromMs) * this.#wallRate;
    return this.#viewsHere === NO_VIEWS ? wall : throughViews(this.#viewsHere, wall, trueMs);
  }

  monotonicMs(trueMs: number): number {
    if (!(trueMs >= this.#fromMs && trueMs < this.#toMs)) this.#find(trueMs);
    return this.#monotonic + (trueMs - this.#fromMs) * this.#monotonicRate;
  }

  #find(trueMs: number): void {
    const next = this.#at + 1;
    if (trueMs >= this.#toMs && !(trueMs >= (this.#startsMs[next + 1] ?? Number.POSITIVE_INFINITY))) {
      this.#take(next);
      return;
    }
    this.#take(pieceAt(this.#startsMs, trueMs));
  }

  #take(at: number): void {
    this.#at = at;
    this.#fromMs = this.#startsMs[at]!;
    this.#toMs = this.#startsMs[at + 1] ?? Number.POSITIVE_INFINITY;
    this.#wall = this.#walls[at]!;
    this.#wallRate = this.#wallRates[at]!;
    this.#monotonic = this.#monotonics[at]!;
    this.#monotonicRate = this.#monotonicRates[at]!;
    this.#viewsHere = this.#views[at] ?? NO_VIEWS;
    if (this.#viewsHere.length === 0) this.#viewsHere = NO_VIEWS;
  }
}

/** The reading of the wall clock once these views have had their turn. */
export function throughViews(views: readonly View[], wallMs: number, trueMs: number): number {
  let reading = wallMs;
  for (const view of views) reading = view.read(reading, trueMs);
  return reading;
}
