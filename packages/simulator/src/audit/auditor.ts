import { type Layout, ParseError } from "@shardflake/core";
import type { IntervalHistory } from "./history/interval-history.js";
import { MachineAudit } from "./machine-audit.js";
import { HISTORY, History, IS_SIMPLE, LAST_HIGH, LAST_LOW, ROW_WORDS } from "./machine-ledger.js";
import { OrderAudit } from "./order-audit.js";
import type { AuditReport } from "./report.js";
import { joinHalves, Sections } from "./sections.js";
import { canScanTicks, scanTick } from "./tick-scan.js";

const SIGN = 0x80000000 | 0;

/**
 * Audits a stream of IDs that arrives in blocks of 32-bit halves. IDs that ascend by one within a tick are one step of
 * work: a run of 4096 IDs costs one look at its machine ID.
 *
 * With a history every verdict is exact in one pass. Without one the audit takes O(machine IDs) memory and stands as
 * long as every machine ID ascends.
 */
export class Auditor {
  readonly #sections: Sections;
  readonly #order: OrderAudit;
  readonly #machines: MachineAudit;
  /** With a history every ID has to be remembered. */
  readonly #isTickScanned: boolean;
  #count = 0;
  #first: bigint | null = null;

  constructor(layout: Layout, history?: IntervalHistory) {
    this.#sections = new Sections(layout);
    this.#order = new OrderAudit(this.#sections);
    this.#machines = new MachineAudit(this.#sections, history);
    this.#isTickScanned = history === undefined && canScanTicks(this.#sections, this.#machines.ledger);
  }

  /**
   * Takes `count` IDs, each as (low half, high half).
   *
   * @throws ParseError `ID_OUT_OF_RANGE` for an ID with more bits than the layout
   * @throws ShardflakeError `AUDIT_MEMORY` when the past of a machine ID that stepped backwards is not known any more,
   * `AUDIT_TEMP` when the history could not be written
   */
  scan(halves: Int32Array, count: number): void {
    const sections = this.#sections;
    const { sequenceMask, strayLowMask, machineMask, tickLowMask } = sections;
    const { sequenceBits } = sections.layout;
    const order = this.#order;
    const machines = this.#machines;
    const { ledger } = machines;
    // Within a word the machine ID is a shift away; where it is the whole of a half, Sections knows.
    const isSlot = ledger.isDense && sequenceBits > 0 && sequenceBits < 32;
    const isTickScanned = this.#isTickScanned;
    const unusualHighMask = sections.strayHighMask | SIGN;
    // Constants: columns that might be exchanged in the loop would be checked again at every access.
    ledger.makeRoom(count);
    const { rows, counts, countsBeforeTick } = ledger;
    // Locals, because every field that is written costs more than the arithmetic.
    let { maxHigh, maxLow, lastHigh, lastLow } = order;
    const end = 2 * count;
    for (let at = 0; at < end; ) {
      const low = halves[at] as number;
      const high = halves[at + 1] as number;
      let word = at + 2;
      // The next ID is looked at before the end of the tick is worked out: where machine IDs interleave, runs are short.
      if (halves[word] === ((low + 1) | 0) && halves[word + 1] === high) {
        const room = Math.min(end, at + 2 * ((~low & sequenceMask) >>> 0) + 2);
        for (let next = (low + 1) | 0; word < room && halves[word] === next && halves[word + 1] === high; word += 2) {
          next = (next + 1) | 0;
        }
      }
      const length = (word - at) >> 1;
      if (((high & unusualHighMask) | (low & strayLowMask) | (maxHigh & SIGN)) !== 0) {
        this.#checkStray(high, low, at / 2);
        [order.maxHigh, order.maxLow, order.lastHigh, order.lastLow] = [maxHigh, maxLow, lastHigh, lastLow];
        order.addRun(high, low, length);
        ({ maxHigh, maxLow, lastHigh, lastLow } = order);
        machines.addRun(high, low, length);
        at = word;
        continue;
      }
      // From here on no sign bit is set, so the high halves compare as they are.
      const runLow = (low + length - 1) | 0;
      if (high === maxHigh ? (low ^ SIGN) >= (maxLow ^ SIGN) : high > maxHigh) {
        maxHigh = high;
        maxLow = runLow;
      } else {
        if (high === lastHigh ? (low ^ SIGN) < (lastLow ^ SIGN) : high < lastHigh) order.outOfOrder++;
        // Some IDs of the tick are compared in vain where the tick begins in the high half.
        if (high !== maxHigh || ((low ^ maxLow) & tickLowMask) !== 0) {
          [order.maxHigh, order.maxLow] = [maxHigh, maxLow];
          order.compareTick(high, low);
        }
        if (high === maxHigh && (runLow ^ SIGN) > (maxLow ^ SIGN)) maxLow = runLow;
      }
      lastHigh = high;
      lastLow = runLow;

      const slot = isSlot
        ? ((low >>> sequenceBits) | (high << (32 - sequenceBits))) & machineMask
        : ledger.slot(sections.machineKey(high, low));
      const row = slot * ROW_WORDS;
      const knownHigh = rows[row + LAST_HIGH] as number;
      const knownLow = rows[row + LAST_LOW] as number;
      const isAscending = high === knownHigh ? (low ^ SIGN) > (knownLow ^ SIGN) : high > knownHigh;
      if (isAscending && rows[row + IS_SIMPLE] === 1) {
        const seen = counts[slot] as number;
        const isNewTick = high !== knownHigh || ((low ^ knownLow) & ~sequenceMask) !== 0;
        if (isNewTick) countsBeforeTick[slot] = seen;
        counts[slot] = seen + length;
        rows[row + LAST_HIGH] = high;
        rows[row + LAST_LOW] = runLow;
        if (rows[row + HISTORY] === History.remembered) machines.remember(high, low, runLow);
        else if (isTickScanned && !isNewTick && high === maxHigh && ((low ^ maxLow) & tickLowMask) === 0) {
          [order.maxHigh, order.maxLow, order.lastHigh, order.lastLow] = [maxHigh, maxLow, lastHigh, lastLow];
          word = scanTick(halves, word, end, order, sections, ledger);
          ({ maxLow, lastLow } = order);
        }
      } else {
        machines.addRun(high, low, length);
      }
      at = word;
    }
    [order.maxHigh, order.maxLow, order.lastHigh, order.lastLow] = [maxHigh, maxLow, lastHigh, lastLow];
    if (this.#count === 0 && count > 0) this.#first = joinHalves(halves[1] as number, halves[0] as number);
    this.#count += count;
  }

  /** The findings so far. @throws ShardflakeError `AUDIT_TEMP` when the history could not be read */
  async report(signal?: AbortSignal): Promise<AuditReport> {
    const { outOfOrder, signBitSet, largestInversionTicks, lastHigh, lastLow } = this.#order;
    const { duplicates, overfullTicks, machines } = await this.#machines.findings(signal);
    return {
      count: this.#count,
      duplicates,
      outOfOrder,
      largestInversionMs: largestInversionTicks * this.#sections.layout.tickMs,
      signBitSet,
      overfullTicks,
      machineIds: machines.length,
      first: this.#first,
      last: this.#count === 0 ? null : joinHalves(lastHigh, lastLow),
      machines,
    };
  }

  /** `index` counts the IDs of this block. */
  #checkStray(high: number, low: number, index: number): void {
    const { strayHighMask, strayLowMask, layout } = this.#sections;
    if (((high & strayHighMask) | (low & strayLowMask)) === 0) return;
    throw new ParseError(
      "ID_OUT_OF_RANGE",
      `Expected IDs of at most ${layout.totalBits} bits, got ${joinHalves(high, low)} in record ` +
        `${this.#count + index + 1}. Check the layout and the format.`,
    );
  }
}
