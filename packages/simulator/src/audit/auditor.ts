import { type Layout, ParseError, ShardflakeError } from "@shardflake/core";
import type { IntervalHistory } from "./history/interval-history.js";
import { History, MachineLedger } from "./machine-ledger.js";
import type { AuditReport } from "./report.js";
import { isLess, joinHalves, Sections } from "./sections.js";

/**
 * Audits a stream of IDs that arrives as blocks of 32-bit halves. IDs that ascend by one within a tick are one step of
 * work: a run of 4096 IDs costs one look at its machine ID.
 *
 * With a history every verdict is exact in one pass. Without one the audit takes O(machine IDs) memory and stands as
 * long as every machine ID ascends.
 */
export class Auditor {
  readonly #sections: Sections;
  readonly #ledger: MachineLedger;
  readonly #history: IntervalHistory | undefined;
  #count = 0;
  #outOfOrder = 0;
  #signBitSet = 0;
  #machineIds = 0;
  #largestInversionTicks = 0;
  #first: bigint | null = null;
  #previousHigh = 0;
  #previousLow = 0;
  #maxHigh = 0;
  #maxLow = 0;
  /** Latest tick, kept up to date only once an ID stepped back; until then the largest ID has it. */
  #maxTick = 0;

  constructor(layout: Layout, history?: IntervalHistory) {
    this.#sections = new Sections(layout);
    this.#ledger = new MachineLedger(this.#sections.machineBits);
    this.#history = history;
  }

  /** IDs audited so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * Takes `count` IDs, each as (low half, high half).
   *
   * @throws ParseError `ID_OUT_OF_RANGE` for an ID with more bits than the layout
   * @throws ShardflakeError `AUDIT_MEMORY` when the past of a machine ID that stepped backwards is not known any more;
   * `AUDIT_TEMP` when the history could not be written
   */
  scan(halves: Int32Array, count: number): void {
    const sequenceMask = this.#sections.sequenceMask;
    let at = 0;
    while (at < count) {
      const low = halves[2 * at] as number;
      const high = halves[2 * at + 1] as number;
      const room = Math.min(count - at, ((low | sequenceMask) >>> 0) - (low >>> 0) + 1);
      let length = 1;
      let word = 2 * at + 2;
      while (length < room && halves[word] === ((low + length) | 0) && halves[word + 1] === high) {
        length++;
        word += 2;
      }
      this.#addRun(high, low, length);
      at += length;
    }
  }

  /** The findings so far. */
  report(): AuditReport {
    const { layout } = this.#sections;
    const ledger = this.#ledger;
    let duplicates = 0;
    let overfullTicks = 0;
    let isDisordered = false;
    const machines = ledger.seen().map(([machineKey, slot]) => {
      if (ledger.histories[slot] === History.disordered) isDisordered = true;
      else {
        duplicates += ledger.repeats[slot] as number;
        overfullTicks += ledger.overfullTicks[slot] as number;
      }
      return {
        datacenterId: Math.floor(machineKey / layout.machinesPerDatacenter),
        machineId: machineKey % layout.machinesPerDatacenter,
        count: ledger.counts[slot] as number,
      };
    });
    if (isDisordered && this.#history !== undefined) {
      const tally = this.#history.tally((high, low) => this.#isDisordered(high, low));
      duplicates += tally.duplicates;
      overfullTicks += tally.overfullTicks;
    }
    return {
      count: this.#count,
      duplicates,
      outOfOrder: this.#outOfOrder,
      largestInversionMs: this.#largestInversionTicks * layout.tickMs,
      signBitSet: this.#signBitSet,
      overfullTicks,
      machineIds: this.#machineIds,
      first: this.#first,
      last: this.#count === 0 ? null : joinHalves(this.#previousHigh, this.#previousLow),
      machines,
    };
  }

  /** Takes `length` consecutive IDs of one tick and machine ID. */
  #addRun(high: number, low: number, length: number): void {
    if (this.#sections.isStray(high, low)) throw this.#strayError(high, low);
    const lastLow = (low + length - 1) | 0;
    if (this.#count === 0) this.#first = joinHalves(high, low);
    if (high >= 0 && !isLess(high, low, this.#maxHigh, this.#maxLow)) {
      this.#maxHigh = high;
      this.#maxLow = lastLow;
    } else this.#addBelowMax(high, low, length);
    this.#addToMachine(high, low, lastLow, length);
    this.#count += length;
    this.#previousHigh = high;
    this.#previousLow = lastLow;
  }

  /** Order and sign of a run that is not simply the largest so far. */
  #addBelowMax(high: number, low: number, length: number): void {
    const lastLow = (low + length - 1) | 0;
    if (this.#count > 0 && isLess(high, low, this.#previousHigh, this.#previousLow)) this.#outOfOrder++;
    if (high < 0) this.#signBitSet += length;
    const tick = this.#sections.tick(high, low);
    if (this.#count > 0) {
      this.#maxTick = Math.max(this.#maxTick, this.#sections.tick(this.#maxHigh, this.#maxLow));
      this.#largestInversionTicks = Math.max(this.#largestInversionTicks, this.#maxTick - tick);
    }
    this.#maxTick = Math.max(this.#maxTick, tick);
    if (!isLess(high, lastLow, this.#maxHigh, this.#maxLow)) {
      this.#maxHigh = high;
      this.#maxLow = lastLow;
    }
  }

  #addToMachine(high: number, low: number, lastLow: number, length: number): void {
    const ledger = this.#ledger;
    const slot = ledger.slot(this.#sections.machineKey(high, low));
    const seen = ledger.counts[slot] as number;
    ledger.counts[slot] = seen + length;
    if (seen === 0) {
      this.#machineIds++;
      ledger.tickCounts[slot] = length;
      ledger.histories[slot] = this.#history === undefined ? History.forgotten : History.remembered;
    } else if (ledger.histories[slot] !== History.disordered) {
      const knownHigh = ledger.lastHighs[slot] as number;
      const knownLow = ledger.lastLows[slot] as number;
      if (isLess(high, low, knownHigh, knownLow)) this.#stepBack(slot, high, low);
      else if (this.#sections.sameSection(high, low, knownHigh, knownLow)) {
        if (low === knownLow) (ledger.repeats[slot] as number) += 1;
        this.#addToTick(slot, length);
      } else ledger.tickCounts[slot] = length;
    }
    ledger.lastHighs[slot] = high;
    ledger.lastLows[slot] = lastLow;
    if (this.#history !== undefined && ledger.histories[slot] !== History.forgotten) {
      this.#history.add(high, low, lastLow);
      if (this.#history.isFull) this.#makeRoom(this.#history);
    }
  }

  #addToTick(slot: number, length: number): void {
    const before = this.#ledger.tickCounts[slot] as number;
    const after = before + length;
    this.#ledger.tickCounts[slot] = after;
    const { idsPerTick } = this.#sections.layout;
    if (before <= idsPerTick && after > idsPerTick) (this.#ledger.overfullTicks[slot] as number) += 1;
  }

  #stepBack(slot: number, high: number, low: number): void {
    if (this.#ledger.histories[slot] === History.forgotten) {
      throw memoryError(
        `ID ${joinHalves(high, low)} (record ${this.#count + 1}) is smaller than the one before it of its machine ID, and ` +
          "the IDs to compare it with are not in memory any more",
      );
    }
    this.#ledger.histories[slot] = History.disordered;
  }

  /** Machine IDs that ascended so far need no history unless they step back later, so theirs goes first. */
  #makeRoom(history: IntervalHistory): void {
    if (history.makeRoom()) return;
    const { histories } = this.#ledger;
    for (const [, slot] of this.#ledger.seen()) {
      if (histories[slot] === History.remembered) histories[slot] = History.forgotten;
    }
    if (!history.keepOnly((high, low) => this.#isDisordered(high, low))) {
      throw memoryError(`the IDs of machine IDs that do not ascend need more than ${history.memoryBytes} bytes`);
    }
  }

  #isDisordered(high: number, low: number): boolean {
    const slot = this.#ledger.slot(this.#sections.machineKey(high, low));
    return this.#ledger.histories[slot] === History.disordered;
  }

  #strayError(high: number, low: number): ParseError {
    return new ParseError(
      "ID_OUT_OF_RANGE",
      `Expected IDs of at most ${this.#sections.layout.totalBits} bits, got ${joinHalves(high, low)} in record ` +
        `${this.#count + 1}. Check the layout and the format.`,
    );
  }
}

function memoryError(reason: string): ShardflakeError {
  return new ShardflakeError(
    "AUDIT_MEMORY",
    `Whether there are duplicates could not be decided: ${reason}. Allow more memory or name a directory for ` +
      "temporary files.",
  );
}
