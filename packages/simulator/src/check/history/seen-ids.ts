import type { Sections } from "../../audit/sections.js";
import type { Sighting } from "../sighting.js";
import { IntervalList, type Overlap } from "./interval-list.js";

/** Whether two holdings may issue the same IDs of a tick. */
export type Exemption = (holding: number, otherHolding: number, tick: number) => boolean;

/** What became of an answer whose IDs were looked up. */
export interface Lookup {
  /** How many of its IDs some holding had issued before that must not issue the same ones. */
  readonly duplicates: number;
  /** The first of them, and who had issued it. */
  readonly first: Overlap | undefined;
}

const NOTHING: Lookup = { duplicates: 0, first: undefined };

/**
 * Every ID of some machine IDs with the holdings that issued it. IDs that several holdings issued are in several lists:
 * copies of a process may do that, and what a third one does must be compared with each of them.
 */
export class SeenIds {
  /** Whether any ID came twice. */
  cameAgain = false;
  readonly #sections: Sections;
  readonly #isExempt: Exemption;
  readonly #layers: IntervalList[];

  constructor(sections: Sections, isExempt: Exemption) {
    this.#sections = sections;
    this.#isExempt = isExempt;
    this.#layers = [new IntervalList(sections)];
  }

  /** Looks an answer's IDs up and adds them. */
  see(sighting: Sighting): Lookup {
    const { holding, high, low, lastLow, tick } = sighting;
    if (this.#layers.every((layer) => layer.isFree(high, low, lastLow))) {
      (this.#layers[0] as IntervalList).insert(high, low, lastLow, holding);
      return NOTHING;
    }
    this.cameAgain = true;
    const overlaps = this.#layers.flatMap((layer) => layer.overlaps(high, low, lastLow));
    const own = overlaps.filter((overlap) => overlap.holding === holding);
    for (const part of own) this.#again(high, part);
    for (const part of gaps(low, lastLow, own)) this.#insert(high, part.low, part.lastLow, holding);
    const clashes = overlaps.filter((overlap) => !this.#isExempt(holding, overlap.holding, tick));
    return { duplicates: lastLow - low + 1 - length(gaps(low, lastLow, clashes)), first: clashes[0] };
  }

  /** Adds IDs that are known to be nobody else's. */
  add(high: number, low: number, lastLow: number, holding: number): void {
    (this.#layers[0] as IntervalList).insert(high, low, lastLow, holding);
  }

  /** Drops IDs that a holding issued. */
  remove(high: number, low: number, lastLow: number, holding: number): void {
    for (const layer of this.#layers) layer.remove(high, low, lastLow, holding);
  }

  /**
   * How many IDs of the answer's tick and machine ID were issued, by its holding and by those that share its sequence,
   * the answer's own included. 0 as long as no ID came twice, when there cannot be too many.
   */
  inTick(sighting: Sighting): number {
    if (!this.cameAgain) return 0;
    const { holding, high, low, tick } = sighting;
    const mask = this.#sections.sequenceMask;
    const isWanted = (other: number): boolean => !this.#isExempt(holding, other, tick);
    const [from, to] = [(low & ~mask) >>> 0, (low | mask) >>> 0];
    return this.#layers.reduce((sum, layer) => sum + layer.sum(high, from, to, isWanted), 0);
  }

  #again(high: number, part: Overlap): void {
    for (const layer of this.#layers) {
      if (layer.overlaps(high, part.low, part.low).some(({ holding }) => holding === part.holding)) {
        layer.again(high, part.low, part.lastLow - part.low + 1);
        return;
      }
    }
  }

  /** Puts IDs into the first layer that has a place for them. */
  #insert(high: number, low: number, lastLow: number, holding: number, depth = 0): void {
    let layer = this.#layers[depth];
    if (layer === undefined) {
      layer = new IntervalList(this.#sections);
      this.#layers.push(layer);
    }
    const taken = layer.overlaps(high, low, lastLow);
    for (const gap of gaps(low, lastLow, taken)) layer.insert(high, gap.low, gap.lastLow, holding);
    for (const part of taken) this.#insert(high, part.low, part.lastLow, holding, depth + 1);
  }
}

interface Gap {
  readonly low: number;
  readonly lastLow: number;
}

/** What the overlaps leave of an interval, ascending. */
function gaps(low: number, lastLow: number, overlaps: readonly Overlap[]): Gap[] {
  const left: Gap[] = [];
  let from = low;
  for (const overlap of overlaps.toSorted((a, b) => a.low - b.low)) {
    if (overlap.low > from) left.push({ low: from, lastLow: overlap.low - 1 });
    from = Math.max(from, overlap.lastLow + 1);
  }
  if (from <= lastLow) left.push({ low: from, lastLow });
  return left;
}

function length(parts: readonly Gap[]): number {
  return parts.reduce((sum, { low, lastLow }) => sum + lastLow - low + 1, 0);
}
