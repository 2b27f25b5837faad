import type { SpreadRun } from "./spread.js";

/** Where the IDs of rows lie, one ID a row, each in the tick of its row. */
export interface RowPlan {
  readonly fromTick: number;
  /** Exclusive. */
  readonly toTick: number;
  /** How many machine IDs the fullest tick needs. */
  readonly machines: number;
}

/** Counts the rows of every tick. Sorting a copy keeps memory at 20 bytes a row, however the rows are ordered. */
export class RowTicks {
  private readonly ticks: Float64Array;
  private readonly distinct: Float64Array;
  private readonly used: Uint32Array;
  private readonly idsPerTick: number;

  /** `ticks`: the tick of every row, at least one. */
  constructor(ticks: Float64Array, idsPerTick: number) {
    this.ticks = ticks;
    this.idsPerTick = idsPerTick;
    this.distinct = distinctOf(ticks);
    this.used = new Uint32Array(this.distinct.length);
  }

  plan(): RowPlan {
    const counts = new Uint32Array(this.distinct.length);
    for (const tick of this.ticks) counts[this.placeOf(tick)]!++;
    let most = 0;
    for (const count of counts) most = Math.max(most, count);
    return {
      fromTick: this.distinct[0]!,
      toTick: this.distinct.at(-1)! + 1,
      machines: Math.ceil(most / this.idsPerTick),
    };
  }

  /** Runs in the order of the rows: rows of one tick count its sequence up, machine ID by machine ID. Once only. */
  *runs(): Generator<SpreadRun> {
    let open: { tick: number; machine: number; sequence: number; count: number } | undefined;
    for (const tick of this.ticks) {
      const before = this.used[this.placeOf(tick)]!++;
      const machine = Math.floor(before / this.idsPerTick);
      const sequence = before % this.idsPerTick;
      if (open?.tick === tick && open.machine === machine) {
        open.count++;
        continue;
      }
      if (open !== undefined) yield open;
      open = { tick, machine, sequence, count: 1 };
    }
    if (open !== undefined) yield open;
  }

  private lastPlace = 0;

  private placeOf(tick: number): number {
    if (this.distinct[this.lastPlace] === tick) return this.lastPlace;
    let low = 0;
    let high = this.distinct.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.distinct[middle]! < tick) low = middle + 1;
      else high = middle;
    }
    this.lastPlace = low;
    return low;
  }
}

function distinctOf(ticks: Float64Array): Float64Array {
  const sorted = ticks.slice().sort();
  let length = 0;
  for (const tick of sorted) {
    if (length === 0 || sorted[length - 1] !== tick) sorted[length++] = tick;
  }
  return sorted.subarray(0, length);
}
