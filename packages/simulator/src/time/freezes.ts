import { holdsAt, ofKind, type PlacedFault, type Span } from "./placed-fault.js";

/** The wall clock stands still and shows `heldMs`. */
export interface Freeze extends Span {
  readonly heldMs: number;
}

/** The frozen intervals of a shard; where they overlap, the last holds. `readingMs` tells what would be read otherwise. */
export function freezes(faults: readonly PlacedFault[], readingMs: (trueMs: number) => number): readonly Freeze[] {
  const all: Freeze[] = [];
  for (const { fault, fromMs, toMs } of ofKind(faults, "frozen")) {
    const already = all.findLast((freeze) => holdsAt(freeze, fromMs));
    all.push({ fromMs, toMs, heldMs: fault.valueMs ?? already?.heldMs ?? readingMs(fromMs) });
  }
  return all;
}
