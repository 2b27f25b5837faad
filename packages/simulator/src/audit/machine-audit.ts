import { ShardflakeError } from "@shardflake/core";
import type { IntervalHistory } from "./history/interval-history.js";
import { History, IS_SIMPLE, LAST_HIGH, LAST_LOW, MachineLedger, ROW_WORDS } from "./machine-ledger.js";
import type { MachineCount } from "./report.js";
import { isLess, joinHalves, type Sections } from "./sections.js";

/** What the machine IDs of a stream add up to. */
export interface MachineFindings {
  readonly duplicates: number;
  readonly overfullTicks: number;
  readonly machines: readonly MachineCount[];
}

/** What every machine ID is checked for: duplicates and overfull ticks. */
export class MachineAudit {
  readonly #sections: Sections;
  readonly ledger: MachineLedger;
  readonly #history: IntervalHistory | undefined;

  constructor(sections: Sections, history: IntervalHistory | undefined) {
    this.#sections = sections;
    this.ledger = new MachineLedger(sections.machineBits);
    this.#history = history;
  }

  /**
   * Takes `length` consecutive IDs of one tick and machine ID.
   *
   * @throws ShardflakeError `AUDIT_MEMORY`, `AUDIT_TEMP`
   */
  addRun(high: number, low: number, length: number): void {
    const { ledger } = this;
    const slot = ledger.slot(this.#sections.machineKey(high, low));
    const seen = ledger.counts[slot] as number;
    const lastLow = (low + length - 1) | 0;
    const row = slot * ROW_WORDS;
    if (seen === 0) {
      ledger.setHistory(slot, this.#history !== undefined ? History.remembered : History.forgotten);
      ledger.rows[row + IS_SIMPLE] = 1;
    } else if (ledger.history(slot) !== History.disordered) {
      const knownHigh = ledger.rows[row + LAST_HIGH] as number;
      const knownLow = ledger.rows[row + LAST_LOW] as number;
      if (isLess(high, low, knownHigh, knownLow)) this.#stepBack(slot, high, low);
      else if (!this.#sections.sameSection(high, low, knownHigh, knownLow)) ledger.countsBeforeTick[slot] = seen;
      else this.#addToTick(slot, length, low === knownLow ? 1 : 0);
    }
    ledger.counts[slot] = seen + length;
    ledger.rows[row + LAST_HIGH] = high;
    ledger.rows[row + LAST_LOW] = lastLow;
    if (ledger.history(slot) !== History.forgotten) this.remember(high, low, lastLow);
  }

  /**
   * Puts consecutive IDs of one tick and machine ID into the history. Machine IDs that ascended so far need none unless
   * they step back later, so theirs goes first when there is no room.
   *
   * @throws ShardflakeError `AUDIT_MEMORY`, `AUDIT_TEMP`
   */
  remember(high: number, low: number, lastLow: number): void {
    const history = this.#history;
    if (history === undefined) return;
    history.add(high, low, lastLow);
    if (!history.isFull || history.makeRoom()) return;
    for (const [, slot] of this.ledger.seen()) {
      if (this.ledger.history(slot) === History.remembered) this.ledger.setHistory(slot, History.forgotten);
    }
    if (!history.keepOnly((recordHigh, recordLow) => this.#isDisordered(recordHigh, recordLow))) {
      throw memoryError(`the IDs of machine IDs that do not ascend need more than ${history.memoryBytes} bytes`);
    }
  }

  /** The findings so far. @throws ShardflakeError `AUDIT_TEMP` */
  async findings(signal?: AbortSignal): Promise<MachineFindings> {
    const { machinesPerDatacenter } = this.#sections.layout;
    const { ledger } = this;
    let duplicates = 0;
    let overfullTicks = 0;
    let isDisordered = false;
    const machines = ledger.seen().map(([machineKey, slot]) => {
      if (ledger.history(slot) === History.disordered) isDisordered = true;
      else {
        duplicates += ledger.repeats[slot] as number;
        overfullTicks += ledger.overfullTicks[slot] as number;
      }
      return {
        datacenterId: Math.floor(machineKey / machinesPerDatacenter),
        machineId: machineKey % machinesPerDatacenter,
        count: ledger.counts[slot] as number,
      };
    });
    if (isDisordered && this.#history !== undefined) {
      const tally = await this.#history.tally((high, low) => this.#isDisordered(high, low), signal);
      duplicates += tally.duplicates;
      overfullTicks += tally.overfullTicks;
    }
    return { duplicates, overfullTicks, machines };
  }

  #addToTick(slot: number, length: number, repeats: number): void {
    const { ledger } = this;
    if (repeats > 0) ledger.rows[slot * ROW_WORDS + IS_SIMPLE] = 0;
    (ledger.repeats[slot] as number) += repeats;
    const before = (ledger.counts[slot] as number) - (ledger.countsBeforeTick[slot] as number);
    const { idsPerTick } = this.#sections.layout;
    if (before <= idsPerTick && before + length > idsPerTick) (ledger.overfullTicks[slot] as number) += 1;
  }

  #stepBack(slot: number, high: number, low: number): void {
    if (this.ledger.history(slot) === History.forgotten) {
      throw memoryError(
        `ID ${joinHalves(high, low)} is smaller than the one before it of its machine ID, and the IDs to compare it ` +
          "with are not in memory any more",
      );
    }
    this.ledger.setHistory(slot, History.disordered);
    this.ledger.rows[slot * ROW_WORDS + IS_SIMPLE] = 0;
  }

  #isDisordered(high: number, low: number): boolean {
    const slot = this.ledger.slot(this.#sections.machineKey(high, low));
    return this.ledger.history(slot) === History.disordered;
  }
}

function memoryError(reason: string): ShardflakeError {
  return new ShardflakeError(
    "AUDIT_MEMORY",
    `Whether there are duplicates could not be decided: ${reason}. Allow more memory or name a directory for ` +
      "temporary files.",
  );
}
