import { type Headroom, isLoadServed, loadHeadroom, sectionHeadrooms } from "./headroom.js";
import type { Requirements } from "./requirements.js";
import { type SectionLengths, totalBits } from "./section-lengths.js";

/** A layout that almost fits. */
export interface Miss {
  readonly lengths: SectionLengths;
  /** The requirements it does not meet, with how much of them it does. */
  readonly unmet: readonly Headroom[];
}

type Section = "timestampBits" | "datacenterBits" | "machineBits" | "sequenceBits";
const SECTIONS: readonly Section[] = ["timestampBits", "datacenterBits", "machineBits", "sequenceBits"];

/**
 * The nearest misses, one for each set of requirements that may be sacrificed: for each tick and each section, what is left
 * when that section gives up the bits there are too many. Nearest is whose requirements would have to be divided by least.
 */
export function nearestMisses(requirements: Requirements, needed: readonly SectionLengths[]): Miss[] {
  const misses = new Map<string, Miss>();
  for (const least of needed) {
    for (const section of SECTIONS) {
      const lengths = shortened(least, section, requirements.mostBits);
      // A search, and needless where the sequence is as long as the load needs.
      const isServed = lengths.sequenceBits === least.sequenceBits && isLoadServed(least, requirements);
      const load = isServed ? [] : [loadHeadroom(lengths, requirements)];
      const headrooms = [...sectionHeadrooms(lengths, requirements), ...load];
      const miss = { lengths, unmet: headrooms.filter(({ factor }) => factor < 1) };
      const sacrifice = miss.unmet.map(({ requirement }) => requirement).join();
      const known = misses.get(sacrifice);
      if (known === undefined || distance(miss) < distance(known)) misses.set(sacrifice, miss);
    }
  }
  return [...misses.values()].sort((a, b) => distance(a) - distance(b));
}

/** Takes the surplus from one section first, then from the longest ones. */
function shortened(lengths: SectionLengths, section: Section, mostBits: number): SectionLengths {
  const bits: Record<Section, number> = { ...lengths };
  const longestFirst = [...SECTIONS].sort((a, b) => lengths[b] - lengths[a]);
  for (const from of [section, ...longestFirst]) {
    const surplus = totalBits({ ...bits, tickMs: lengths.tickMs }) - mostBits;
    bits[from] = Math.max(from === "timestampBits" ? 1 : 0, bits[from] - Math.max(0, surplus));
  }
  return { ...bits, tickMs: lengths.tickMs };
}

function distance({ unmet }: Miss): number {
  return unmet.reduce((sum, { factor }) => sum - Math.log2(Math.max(factor, Number.MIN_VALUE)), 0);
}
