/** More than anybody can take: the share of a request without an end. */
const ENDLESS = 2n ** 62n;

/** Elements of the BigInt64Array: the tick of the start, then for each shard what is left and what it has finished. */
const START = 0;
const FIELDS_BEFORE = 1;
const FIELDS = 2;
/** No shard has finished it: tick 0 is never issued. */
const NOT_BEGUN = 0n;

/** What is left of one request by shard, in memory that all its shards see. */
export type SharesMemory = SharedArrayBuffer;

/** @param shares IDs dealt to each shard, `Infinity` for a request without an end */
export function dealtShares(shares: readonly number[]): SharesMemory {
  const memory = new SharedArrayBuffer((FIELDS_BEFORE + FIELDS * shares.length) * BigInt64Array.BYTES_PER_ELEMENT);
  const fields = new BigInt64Array(memory);
  shares.forEach((share, place) => {
    fields[leftOf(place)] = share === Number.POSITIVE_INFINITY ? ENDLESS : BigInt(share);
  });
  return memory;
}

/** How many shards the memory was dealt to; not an integer when it is no such memory. */
export function placesOf(memory: SharesMemory): number {
  return (memory.byteLength / BigInt64Array.BYTES_PER_ELEMENT - FIELDS_BEFORE) / FIELDS;
}

const leftOf = (place: number): number => FIELDS_BEFORE + FIELDS * place;
const finishedOf = (place: number): number => leftOf(place) + 1;

/**
 * The shares of one request as one of its shards sees them.
 *
 * Shards start in the same tick, and one that is done with its own share takes ticks off whoever would otherwise end
 * last, so that all end in the same tick too: otherwise a shard that lost ticks would run on alone for as many.
 */
export class Shares {
  private readonly fields: BigInt64Array;
  private readonly place: number;
  private readonly idsPerTick: number;

  /** @param idsPerTick the most one shard issues in a tick */
  constructor(memory: SharesMemory, place: number, idsPerTick: number) {
    this.fields = new BigInt64Array(memory);
    this.place = place;
    this.idsPerTick = idsPerTick;
  }

  /** The request has arrived: this shard could start in this tick. */
  arrive(tick: number): void {
    const wanted = BigInt(tick);
    for (;;) {
      const start = Atomics.load(this.fields, START);
      if (start >= wanted || Atomics.compareExchange(this.fields, START, start, wanted) === start) return;
    }
  }

  /** The tick in which the last of the shards so far could start. */
  get startTick(): number {
    return Number(Atomics.load(this.fields, START));
  }

  /** IDs left of the own share. */
  get own(): number {
    return Number(Atomics.load(this.fields, leftOf(this.place)));
  }

  /** The own share is empty, and a shard that has finished this tick would take nothing off another. */
  isDone(finishedTick: number): boolean {
    return this.own <= 0 && this.last(finishedTick) === undefined;
  }

  /** Takes up to `most` of the own share and returns how many. */
  take(most: number): number {
    return this.takeAt(this.place, most);
  }

  /** Takes up to a tick's IDs off the shard that would end last, unless that is no later than the tick after `finishedTick`. */
  takeOver(finishedTick: number): number {
    const last = this.last(finishedTick);
    return last === undefined ? 0 : this.takeAt(last, this.idsPerTick);
  }

  /** Every reservation up to this tick was made; what was taken and could not be reserved goes back into the own share. */
  settle(finishedTick: number, unspent: number): void {
    Atomics.store(this.fields, finishedOf(this.place), BigInt(finishedTick));
    if (unspent > 0) Atomics.add(this.fields, leftOf(this.place), BigInt(unspent));
  }

  /** The place of the shard that would end last, if that is later than the tick after `finishedTick`. */
  private last(finishedTick: number): number | undefined {
    let last: number | undefined;
    let lastEnd = finishedTick + 1;
    for (let place = 0; place < (this.fields.length - FIELDS_BEFORE) / FIELDS; place++) {
      const end = this.endOf(place);
      if (place === this.place || end <= lastEnd) continue;
      last = place;
      lastEnd = end;
    }
    return last;
  }

  /** The tick in which a shard will have issued its share if it loses no further tick. */
  private endOf(place: number): number {
    const left = Atomics.load(this.fields, leftOf(place));
    if (left <= 0n) return Number.NEGATIVE_INFINITY;
    const finished = Atomics.load(this.fields, finishedOf(place));
    if (finished === NOT_BEGUN) return Number.POSITIVE_INFINITY;
    return Number(finished) + Math.ceil(Number(left) / this.idsPerTick);
  }

  private takeAt(place: number, most: number): number {
    for (;;) {
      const left = Atomics.load(this.fields, leftOf(place));
      const taken = Math.min(most, Number(left));
      if (taken <= 0) return 0;
      if (Atomics.compareExchange(this.fields, leftOf(place), left, left - BigInt(taken)) === left) return taken;
    }
  }
}
