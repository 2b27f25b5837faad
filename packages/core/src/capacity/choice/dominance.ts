import type { Requirements } from "./requirements.js";
import { hasLegalEnd, MOST_BITS, type SectionLengths, totalBits } from "./section-lengths.js";

/**
 * Whether another layout that meets the requirements is at least as good in everything and better in something: lifetime,
 * machine IDs, datacenters, ceiling, fineness of the tick, being exact as a JavaScript number. Nothing is compared pair by
 * pair: for each tick that is as fine or finer, the shortest layout that keeps up is known, and all that counts is whether
 * it leaves a bit to spare.
 *
 * @param needed the shortest sections that meet the requirements, by tick
 */
export function isDominated(
  lengths: SectionLengths,
  requirements: Requirements,
  needed: ReadonlyMap<number, SectionLengths>,
): boolean {
  const { datacenterBits, machineBits } = lengths;
  // A datacenter section that nobody asked for is worth as much, and is simpler, as part of the machine section.
  if (requirements.datacenters === 1 && datacenterBits > 0 && machineBits < MOST_BITS.machine) return true;
  const most = totalBits(lengths) <= 53 ? 53 : requirements.mostBits;
  for (const [tickMs, least] of needed) {
    if (tickMs > lengths.tickMs) continue;
    const rival = keepingUp(lengths, tickMs);
    if (rival.sequenceBits < least.sequenceBits) continue;
    if (!hasLegalEnd(rival.timestampBits, tickMs, requirements.epochMs)) continue;
    const spare = most - totalBits(rival);
    if (tickMs < lengths.tickMs ? spare >= 0 : spare > 0 && canGrow(rival, requirements)) return true;
  }
  return false;
}

/** The shortest sections with another tick that last as long and issue as much. */
function keepingUp(lengths: SectionLengths, tickMs: number): SectionLengths {
  const doublings = Math.log2(lengths.tickMs / tickMs);
  return {
    ...lengths,
    tickMs,
    timestampBits: lengths.timestampBits + Math.ceil(doublings),
    sequenceBits: Math.max(0, lengths.sequenceBits - Math.floor(doublings)),
  };
}

function canGrow(lengths: SectionLengths, { datacenters, epochMs }: Requirements): boolean {
  const { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs } = lengths;
  return (
    sequenceBits < MOST_BITS.sequence ||
    machineBits < MOST_BITS.machine ||
    (datacenters > 1 && datacenterBits < MOST_BITS.datacenter) ||
    hasLegalEnd(timestampBits + 1, tickMs, epochMs)
  );
}
