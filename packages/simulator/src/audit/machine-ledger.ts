/** What an audit knows about the past of one machine ID. */
export const History = {
  /** No ID of it was seen yet. */
  none: 0,
  /** All its IDs ascended, and only the last one is known. */
  forgotten: 1,
  /** All its IDs ascended, and all of them are in the history. */
  remembered: 2,
  /** It stepped backwards; all its IDs are in the history. */
  disordered: 3,
} as const;

/** The words of a row. */
export const ROW_WORDS = 4;
export const LAST_HIGH = 0;
export const LAST_LOW = 1;
/** One of {@link History}. */
export const HISTORY = 2;
/** 1 as long as all IDs ascend and none was equal to the one before it, from the first ID on. */
export const IS_SIMPLE = 3;

/** Fewest bits of machine ID for which a slot is looked up in a map: below, a table of all of them stays under 4 MB. */
const SPARSE_FROM_BITS = 17;
const FIRST_SPARSE_SLOTS = 1024;

/** One row and one number in each column for every machine ID, so that the hot loop reads and writes plain words. */
export class MachineLedger {
  rows: Int32Array;
  counts: Float64Array;
  /** IDs seen before the tick of the last ID. */
  countsBeforeTick: Float64Array;
  /** IDs equal to the one before them of this machine ID. */
  repeats: Float64Array;
  overfullTicks: Float64Array;
  readonly #slots: Map<number, number> | undefined;
  readonly #mostSlots: number;

  constructor(machineBits: number) {
    this.#mostSlots = 2 ** machineBits;
    this.#slots = machineBits < SPARSE_FROM_BITS ? undefined : new Map();
    const slots = this.#slots === undefined ? 2 ** machineBits : FIRST_SPARSE_SLOTS;
    this.rows = new Int32Array(slots * ROW_WORDS);
    this.counts = new Float64Array(slots);
    this.countsBeforeTick = new Float64Array(slots);
    this.repeats = new Float64Array(slots);
    this.overfullTicks = new Float64Array(slots);
  }

  /** Whether every machine ID is its own slot. */
  get isDense(): boolean {
    return this.#slots === undefined;
  }

  /** Makes sure that so many machine IDs more can be looked up; the columns may be other arrays afterwards. */
  makeRoom(machineIds: number): void {
    if (this.#slots === undefined) return;
    const wanted = Math.min(this.#slots.size + machineIds, this.#mostSlots);
    if (wanted > this.counts.length) this.#grow(Math.max(wanted, Math.min(this.counts.length * 2, this.#mostSlots)));
  }

  /** The slot of a machine ID, for which there must be room. */
  slot(machineKey: number): number {
    return this.#slots === undefined ? machineKey : this.#sparseSlot(this.#slots, machineKey);
  }

  /** Machine IDs that were seen, as [machineKey, slot], ascending. */
  seen(): [machineKey: number, slot: number][] {
    const all =
      this.#slots === undefined
        ? Array.from(this.counts.keys(), (slot): [number, number] => [slot, slot])
        : [...this.#slots].sort(([a], [b]) => a - b);
    return all.filter(([, slot]) => this.counts[slot] !== 0);
  }

  history(slot: number): number {
    return this.rows[slot * ROW_WORDS + HISTORY] as number;
  }

  setHistory(slot: number, history: number): void {
    this.rows[slot * ROW_WORDS + HISTORY] = history;
  }

  #sparseSlot(slots: Map<number, number>, machineKey: number): number {
    const known = slots.get(machineKey);
    if (known !== undefined) return known;
    const slot = slots.size;
    slots.set(machineKey, slot);
    return slot;
  }

  #grow(slots: number): void {
    this.rows = grown(this.rows, new Int32Array(slots * ROW_WORDS));
    this.counts = grown(this.counts, new Float64Array(slots));
    this.countsBeforeTick = grown(this.countsBeforeTick, new Float64Array(slots));
    this.repeats = grown(this.repeats, new Float64Array(slots));
    this.overfullTicks = grown(this.overfullTicks, new Float64Array(slots));
  }
}

function grown<Column extends Float64Array | Int32Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
