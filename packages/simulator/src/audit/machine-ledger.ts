/** What an audit knows about the past of one machine ID. */
export const History = {
  /** All its IDs ascended, and all of them are in the history. */
  remembered: 0,
  /** All its IDs ascended, and only the last one is known. */
  forgotten: 1,
  /** It stepped backwards; all its IDs are in the history. */
  disordered: 2,
} as const;

/** Fewest bits of machine ID for which a slot is looked up in a map: below, a table of all of them stays under 4 MB. */
const SPARSE_FROM_BITS = 17;

/** One row for every machine ID, in columns, so that the hot loop reads and writes plain words. */
export class MachineLedger {
  /** IDs seen; 0 means that the machine ID was not seen yet. */
  counts: Float64Array;
  lastHighs: Int32Array;
  lastLows: Int32Array;
  /** IDs in the tick of the last ID. */
  tickCounts: Float64Array;
  /** IDs equal to the one before them of this machine ID. */
  repeats: Float64Array;
  overfullTicks: Float64Array;
  histories: Uint8Array;
  readonly #slots: Map<number, number> | undefined;

  constructor(machineBits: number) {
    this.#slots = machineBits < SPARSE_FROM_BITS ? undefined : new Map();
    const rows = this.#slots === undefined ? 2 ** machineBits : 1024;
    this.counts = new Float64Array(rows);
    this.lastHighs = new Int32Array(rows);
    this.lastLows = new Int32Array(rows);
    this.tickCounts = new Float64Array(rows);
    this.repeats = new Float64Array(rows);
    this.overfullTicks = new Float64Array(rows);
    this.histories = new Uint8Array(rows);
  }

  /** The row of a machine ID; a new one is made when there is none yet. */
  slot(machineKey: number): number {
    return this.#slots === undefined ? machineKey : this.#sparseSlot(this.#slots, machineKey);
  }

  /** Machine IDs that were seen, as [machineKey, slot], ascending. */
  seen(): [machineKey: number, slot: number][] {
    const rows =
      this.#slots === undefined
        ? Array.from(this.counts.keys(), (slot): [number, number] => [slot, slot])
        : [...this.#slots].sort(([a], [b]) => a - b);
    return rows.filter(([, slot]) => this.counts[slot] !== 0);
  }

  #sparseSlot(slots: Map<number, number>, machineKey: number): number {
    const known = slots.get(machineKey);
    if (known !== undefined) return known;
    const slot = slots.size;
    slots.set(machineKey, slot);
    if (slot === this.counts.length) this.#grow(slot * 2);
    return slot;
  }

  #grow(rows: number): void {
    this.counts = grown(this.counts, new Float64Array(rows));
    this.lastHighs = grown(this.lastHighs, new Int32Array(rows));
    this.lastLows = grown(this.lastLows, new Int32Array(rows));
    this.tickCounts = grown(this.tickCounts, new Float64Array(rows));
    this.repeats = grown(this.repeats, new Float64Array(rows));
    this.overfullTicks = grown(this.overfullTicks, new Float64Array(rows));
    this.histories = grown(this.histories, new Uint8Array(rows));
  }
}

function grown<Column extends Float64Array | Int32Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
