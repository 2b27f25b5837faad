import type { Layout } from "@shardflake/core";

/** Where the sections of a layout lie in the two halves of an ID. Halves are signed: the words of an Int32Array. */
export class Sections {
  readonly layout: Layout;
  /** Bits of the low half that number the IDs of one tick and machine ID. */
  readonly sequenceMask: number;
  /** Bits of datacenter ID and machine ID together. */
  readonly machineBits: number;
  /** The bits of a machine key. */
  readonly machineMask: number;
  /** Bits above the layout, the sign bit apart. */
  readonly strayHighMask: number;
  readonly strayLowMask: number;
  /** Bits of the low half that belong to the tick. */
  readonly tickLowMask: number;
  readonly #tickShift: number;
  /** What one unit of the high half is in ticks, where that is at least one tick. */
  readonly #highTicks: number;

  constructor(layout: Layout) {
    this.layout = layout;
    this.machineBits = layout.datacenterBits + layout.machineBits;
    this.sequenceMask = lowBits(layout.sequenceBits);
    this.machineMask = lowBits(this.machineBits);
    this.strayHighMask = ~lowBits(Math.max(0, layout.totalBits - 32)) & 0x7fffffff;
    this.strayLowMask = ~lowBits(Math.min(32, layout.totalBits));
    this.#tickShift = this.machineBits + layout.sequenceBits;
    this.tickLowMask = ~lowBits(Math.min(32, this.#tickShift));
    this.#highTicks = 2 ** (32 - this.#tickShift);
  }

  /** Datacenter ID and machine ID as one number below `2 ** machineBits`. */
  machineKey(high: number, low: number): number {
    const bits = this.layout.sequenceBits;
    // A shift by 32 is a shift by 0 in JavaScript, so both ends are cases of their own.
    if (bits === 0) return (low & this.machineMask) >>> 0;
    if (bits === 32) return (high & this.machineMask) >>> 0;
    return (((low >>> bits) | (high << (32 - bits))) & this.machineMask) >>> 0;
  }

  /** The tick; a set sign bit is left out. */
  tick(high: number, low: number): number {
    const unsignedHigh = high & 0x7fffffff;
    if (this.#tickShift >= 32) return unsignedHigh >>> (this.#tickShift - 32);
    return unsignedHigh * this.#highTicks + (low >>> this.#tickShift);
  }

  /** Whether two IDs share tick, sign and machine ID. */
  sameSection(high: number, low: number, otherHigh: number, otherLow: number): boolean {
    return high === otherHigh && ((low ^ otherLow) & ~this.sequenceMask) === 0;
  }
}

/** Whether the ID of the first two halves is smaller than that of the other two, as unsigned numbers. */
export function isLess(high: number, low: number, otherHigh: number, otherLow: number): boolean {
  return high === otherHigh ? low >>> 0 < otherLow >>> 0 : high >>> 0 < otherHigh >>> 0;
}

/** The unsigned number two halves stand for. */
export function joinHalves(high: number, low: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

/** A word whose lowest `count` bits are set, 0 to 32. */
function lowBits(count: number): number {
  return count === 32 ? -1 : 2 ** count - 1;
}
