import { type Layout, LOW_HALF } from "@shardflake/core";
import type { Observer } from "../observation/observer.js";
import type { PoolHolding, PoolHoldings } from "./holdings.js";

/** When a batch was asked for and when it came, in true time. */
export interface BatchTimes {
  readonly requestedMs: number;
  readonly completedMs: number;
}

/** Tells an observer of a batch: IDs that count up by one within a tick of one machine ID are one call. */
export function tellBatch(
  ids: BigUint64Array,
  { requestedMs, completedMs }: BatchTimes,
  layout: Layout,
  holdings: PoolHoldings,
  errorMs: (holding: PoolHolding) => number,
  observer: Observer,
): void {
  const halves = new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
  const sections = sectionsOf(layout);
  for (let at = 0; at < ids.length; ) {
    const low = halves[2 * at + LOW_HALF]!;
    const high = halves[2 * at + 1 - LOW_HALF]!;
    const room = layout.idsPerTick - sections.sequence(high, low);
    let count = 1;
    while (count < room && isNext(halves, at + count, high, low + count)) count++;
    const issuer = holdings.issuerOf(sections.machine(high, low), sections.tick(high, low));
    observer.issued(issuer.number, requestedMs, completedMs, errorMs(issuer), high, low, count);
    at += count;
  }
}

interface Sections {
  sequence(high: number, low: number): number;
  /** Datacenter ID and machine ID as one number. */
  machine(high: number, low: number): number;
  tick(high: number, low: number): number;
}

function sectionsOf({ sequenceBits, datacenterBits, machineBits }: Layout): Sections {
  const [sequences, machines] = [2 ** sequenceBits, 2 ** (datacenterBits + machineBits)];
  // Numbers are exact up to 2^53: what is above the sequence in the high half is put together with what is left of the low.
  const above = (high: number, low: number): number => high * 2 ** (32 - sequenceBits) + Math.floor(low / sequences);
  return {
    sequence: (_, low) => low % sequences,
    machine: (high, low) => above(high, low) % machines,
    tick: (high, low) => Math.floor(above(high, low) / machines),
  };
}

function isNext(halves: Uint32Array, at: number, high: number, low: number): boolean {
  return halves[2 * at + LOW_HALF] === low && halves[2 * at + 1 - LOW_HALF] === high;
}
