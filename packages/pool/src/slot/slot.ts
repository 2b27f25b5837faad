import { LOW_HALF } from "@shardflake/core";

/**
 * The protocol of the register, carried to a thread by shared memory. A slot belongs to one lease (machine ID and
 * generation) and is never reused: a closed slot never reopens, and its limit only rises.
 *
 * Holder:  store(last, highest tick wanted), then load(owner); issue only if it is still the holder's generation.
 * Taker:   exchange owner, then load(last); start above it.
 *
 * Atomics on one buffer are sequentially consistent, so either the holder sees the slot closed and drops its ticks, or
 * the taker sees the holder's last tick: never neither.
 *
 * Giving ticks up: the keeper raises the floor here before it says so in the store, and the holder looks at it for every
 * ID. So whoever has read that floor in the store knows that no request which begins from then on gets a tick at or below it.
 */
export type Slot = SharedArrayBuffer;

/** 8-byte elements of the slot's BigInt64Array. */
export const OWNER = 0;
export const LIMIT = 1;
const LAST = 2;
export const TICKET = 3;
export const ISSUED = 4;
export const WAITS = 5;
export const STEPS = 6;
export const LEAD = 7;
export const WINDOW_WAITS = 8;
export const FLOOR = 9;
const FLOOR_RAISES = 10;
const FIELDS = 11;

/** Where {@link FLOOR_RAISES} is counted, as a 4-byte element: unlike an 8-byte one it is read without an object. */
export const FLOOR_RAISES_WORD: number = FLOOR_RAISES * 2;

const CLOSED = 0n;

/** A new slot, open for `generation` (at least 1), that allows the ticks in `(floor, limit]`. */
export function createSlot(generation: number, floor: number, limit: number): Slot {
  const slot = new SharedArrayBuffer(FIELDS * BigInt64Array.BYTES_PER_ELEMENT);
  const fields = new BigInt64Array(slot);
  fields[OWNER] = BigInt(generation);
  fields[LIMIT] = BigInt(limit);
  fields[LAST] = BigInt(floor);
  fields[FLOOR] = BigInt(floor);
  return slot;
}

/** Raises the highest tick that may be issued; a lower or late value changes nothing. */
export function raiseLimit(slot: Slot, limit: number): void {
  raise(new BigInt64Array(slot), LIMIT, BigInt(limit));
}

/** Gives up the ticks up to `floor`, for ever; a lower or late value changes nothing. */
export function raiseFloor(slot: Slot, floor: number): void {
  raise(new BigInt64Array(slot), FLOOR, BigInt(floor));
  // Afterwards: who sees the count changed sees this floor. Once a renewal, the count comes round after centuries.
  Atomics.add(new Int32Array(slot), FLOOR_RAISES_WORD, 1);
}

function raise(fields: BigInt64Array, field: number, wanted: bigint): void {
  for (;;) {
    const current = Atomics.load(fields, field);
    if (current >= wanted || Atomics.compareExchange(fields, field, current, wanted) === current) return;
  }
}

const TICK = new BigInt64Array(1);
const TICK_HALVES = new Uint32Array(TICK.buffer);

/** Publishes the highest tick that the holder may have issued, by its halves: `BigInt(tick)` costs a call of the runtime. */
export function publishLast(fields: BigInt64Array, tick: number): void {
  TICK_HALVES[LOW_HALF] = tick;
  TICK_HALVES[1 - LOW_HALF] = tick / 2 ** 32;
  Atomics.store(fields, LAST, TICK[0]!);
}

/**
 * Says that the clock of this host is wrong: by how many milliseconds it is ahead of the store's, or behind where that is
 * negative. Nothing new is issued until it says 0.
 */
export function markClock(slot: Slot, leadMs: number): void {
  Atomics.store(new BigInt64Array(slot), LEAD, BigInt(leadMs < 0 ? Math.floor(leadMs) : Math.ceil(leadMs)));
}

/** Closes the slot for ever and returns the highest tick its holder may have issued. */
export function closeSlot(slot: Slot): number {
  const fields = new BigInt64Array(slot);
  Atomics.exchange(fields, OWNER, CLOSED);
  return Number(Atomics.load(fields, LAST));
}

/** The highest tick that the slot's holder may have issued so far. */
export function lastOf(slot: Slot): number {
  return Number(Atomics.load(new BigInt64Array(slot), LAST));
}

/** What a slot shows to whoever watches it. */
export interface SlotReading {
  readonly open: boolean;
  readonly limit: number;
  readonly last: number;
  readonly issued: number;
  readonly waits: number;
  /** Steps back that the holder's clock absorbed. */
  readonly stepsSeen: number;
  /** Ends of the window, of which there is one a renewal, at which more was wanted. */
  readonly windowWaits: number;
}

/** Reads a slot without disturbing its holder. */
export function readSlot(slot: Slot): SlotReading {
  const fields = new BigInt64Array(slot);
  return {
    open: Atomics.load(fields, OWNER) !== CLOSED,
    limit: Number(Atomics.load(fields, LIMIT)),
    last: Number(Atomics.load(fields, LAST)),
    issued: Number(Atomics.load(fields, ISSUED)),
    waits: Number(Atomics.load(fields, WAITS)),
    stepsSeen: Number(Atomics.load(fields, STEPS)),
    windowWaits: Number(Atomics.load(fields, WINDOW_WAITS)),
  };
}

/** A holder's counters as its slot shows them. A counter that has not changed is not stored again. */
export class ShownStats {
  private readonly fields: BigInt64Array;
  private issued = 0;
  private waits = 0;
  private stepsSeen = 0;

  constructor(slot: Slot) {
    this.fields = new BigInt64Array(slot);
  }

  show(issued: number, waits: number, stepsSeen: number): void {
    if (issued !== this.issued) Atomics.store(this.fields, ISSUED, BigInt(issued));
    if (waits !== this.waits) Atomics.store(this.fields, WAITS, BigInt(waits));
    if (stepsSeen !== this.stepsSeen) Atomics.store(this.fields, STEPS, BigInt(stepsSeen));
    this.issued = issued;
    this.waits = waits;
    this.stepsSeen = stepsSeen;
  }
}
