import { isDominated } from "./dominance.js";
import type { Requirements } from "./requirements.js";
import { hasLegalEnd, MOST_BITS, type SectionLengths } from "./section-lengths.js";

/** Every layout there is, sorted into those that do not fit, those that something better replaces, and the rest. */
export interface Enumeration {
  /** Layouts that may exist at the ticks asked for. */
  readonly legal: number;
  /** Those of them that meet every requirement. */
  readonly fitting: number;
  /** Those of them that are not dominated. */
  readonly best: readonly SectionLengths[];
}

/**
 * Goes through all section lengths.
 *
 * @param needed the shortest sections that meet the requirements, for each tick at which sections can
 */
export function enumerate(
  requirements: Requirements,
  ticksMs: readonly number[],
  needed: ReadonlyMap<number, SectionLengths>,
): Enumeration {
  let [legal, fitting] = [0, 0];
  const best: SectionLengths[] = [];
  for (const tickMs of ticksMs) {
    const least = needed.get(tickMs);
    for (let timestampBits = 1; hasLegalEnd(timestampBits, tickMs, requirements.epochMs); timestampBits++) {
      for (let datacenterBits = 0; datacenterBits <= MOST_BITS.datacenter; datacenterBits++) {
        for (let machineBits = 0; machineBits <= MOST_BITS.machine; machineBits++) {
          const left = requirements.mostBits - timestampBits - datacenterBits - machineBits;
          if (left < 0) break;
          const longest = Math.min(MOST_BITS.sequence, left);
          legal += longest + 1;
          if (least === undefined || timestampBits < least.timestampBits) continue;
          if (!hasRoom(datacenterBits, machineBits, requirements)) continue;
          for (let sequenceBits = least.sequenceBits; sequenceBits <= longest; sequenceBits++) {
            fitting++;
            const lengths = { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs };
            if (!isDominated(lengths, requirements, needed)) best.push(lengths);
          }
        }
      }
    }
  }
  return { legal, fitting, best };
}

function hasRoom(datacenterBits: number, machineBits: number, { datacenters, machines }: Requirements): boolean {
  if (datacenters === 1) return 2 ** (datacenterBits + machineBits) >= machines;
  return 2 ** datacenterBits >= datacenters && 2 ** machineBits >= machines;
}
