import { YEAR_MS } from "../../year.js";
import { servesLoad } from "./load-limit.js";
import { meanPerTick, mostWaitTicks, type Requirements } from "./requirements.js";
import { hasLegalEnd, MOST_BITS, type SectionLengths } from "./section-lengths.js";

/**
 * The shortest sections that meet every requirement at one length of a tick: each section answers for one requirement, so
 * each has a shortest length of its own. One that would be longer than it may be is as long as it may be.
 */
export function neededBits(requirements: Requirements, tickMs: number): SectionLengths {
  const { years, datacenters, machines, epochMs } = requirements;
  const timestampBits = shortest(1, MOST_BITS.timestamp, (bits) => 2 ** bits * tickMs >= years * YEAR_MS);
  const mean = meanPerTick(requirements, tickMs);
  const most = mostWaitTicks(requirements, tickMs);
  const sequenceBits = shortest(0, MOST_BITS.sequence, (bits) => servesLoad(mean, 2 ** bits, most));
  const machineBits = shortest(0, MOST_BITS.machine, (bits) => 2 ** bits >= machines);
  // Without datacenters their section is nothing but more room for machine IDs.
  const groups = datacenters === 1 ? machines / 2 ** machineBits : datacenters;
  return {
    timestampBits: longestLegal(timestampBits, tickMs, epochMs),
    datacenterBits: shortest(0, MOST_BITS.datacenter, (bits) => 2 ** bits >= groups),
    machineBits,
    sequenceBits,
    tickMs,
  };
}

function shortest(least: number, most: number, isEnough: (bits: number) => boolean): number {
  for (let bits = least; bits < most; bits++) if (isEnough(bits)) return bits;
  return most;
}

function longestLegal(timestampBits: number, tickMs: number, epochMs: number): number {
  let bits = timestampBits;
  while (bits > 1 && !hasLegalEnd(bits, tickMs, epochMs)) bits--;
  return bits;
}
