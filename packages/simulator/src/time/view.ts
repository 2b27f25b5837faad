import { mixed, unitOf } from "../chance/hash.js";
import { ofKind, type PlacedFault, type Span } from "./placed-fault.js";

/** What changes a single reading of the wall clock, whatever the clock underneath does. */
export interface View extends Span {
  read(wallMs: number, trueMs: number): number;
}

/** The strobes of a shard: they belong to the reading, because one of a day and a millisecond has 86 million jumps. */
export function strobes(faults: readonly PlacedFault[]): readonly View[] {
  return ofKind(faults, "strobe").map(({ fault, fromMs, toMs }) => ({
    fromMs,
    toMs,
    read: (wallMs, trueMs) => (Math.floor((trueMs - fromMs) / fault.periodMs) % 2 === 0 ? wallMs + fault.byMs : wallMs),
  }));
}

/** Coarse clocks and warps of a shard, coarse ones first. */
export function graininess(faults: readonly PlacedFault[], salt: number): readonly View[] {
  const coarse = ofKind(faults, "coarse").map(({ fault, fromMs, toMs }) => ({
    fromMs,
    toMs,
    read: (wallMs: number) => Math.floor(wallMs / fault.granularityMs) * fault.granularityMs,
  }));
  const warps = ofKind(faults, "warp").map(({ fault, place, fromMs, toMs }) => {
    const own = mixed(salt, place);
    const read = (wallMs: number, trueMs: number): number => wallMs - fault.mostMs * warpAt(own, trueMs);
    return { fromMs, toMs, read };
  });
  return [...coarse, ...warps];
}

const halves = new Uint32Array(2);
const whole = new Float64Array(halves.buffer);

/**
 * How far back this one reading is, as a share of the most: a hash of the time of reading. Every other reading comes
 * from a core whose counter is right (kernel, timers/timekeeping.rst, on counters that are not synchronised).
 */
function warpAt(salt: number, trueMs: number): number {
  whole[0] = trueMs;
  const share = unitOf(mixed(mixed(salt, halves[0]!), halves[1]!)) * 2 - 1;
  return share > 0 ? share : 0;
}
