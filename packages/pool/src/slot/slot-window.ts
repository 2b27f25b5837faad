import { describeValue, ShardflakeError, type Window } from "@shardflake/core";
import { LeaseLostError } from "../errors.js";
import type { Lease } from "../keeper/lease.js";
import { clockOff } from "../register/clock-off.js";
import { FLOOR, FLOOR_RAISES_WORD, LEAD, LIMIT, OWNER, publishLast, TICKET, WINDOW_WAITS } from "./slot.js";

/**
 * Opens the window of a lease for one generator. A lease is a ticket for a single use: two generators on one machine
 * ID would issue the same IDs.
 *
 * @throws ShardflakeError `TICKET_USED` when the lease was opened before, in whatever thread
 * @throws LeaseLostError `LEASE_LOST` when its slot is already closed
 */
export function openShardWindow(lease: Lease): Window {
  return new SlotWindow(lease);
}

/** The holder's side of a slot. */
class SlotWindow implements Window {
  private readonly fields: BigInt64Array;
  private readonly words: Int32Array;
  private readonly generation: bigint;
  private readonly lease: Lease;
  /** Highest tick that was published and, after that, confirmed by the owner field. */
  private admitted: number;
  /** The limit as last loaded: it only rises, so what it allowed it still allows. */
  private limit: number;
  /** The floor as last loaded, after so many raises. */
  private floorSeen: number;
  private raisesSeen = 0;
  /** The limit at which somebody waited last: each is counted once, however often it is asked. */
  private waitedAt = -1;

  constructor(lease: Lease) {
    if (!(lease?.slot instanceof SharedArrayBuffer)) {
      throw new ShardflakeError("TICKET_INVALID", `Expected a lease with a slot, got ${describeValue(lease)}.`);
    }
    this.fields = new BigInt64Array(lease.slot);
    this.words = new Int32Array(lease.slot);
    this.generation = BigInt(lease.generation);
    this.lease = lease;
    this.floorSeen = lease.floor;
    this.admitted = lease.floor;
    this.limit = lease.floor;
    if (Atomics.compareExchange(this.fields, TICKET, 0n, 1n) !== 0n) {
      throw new ShardflakeError(
        "TICKET_USED",
        `Expected a ticket that was not opened before, got machine ID ${nameOf(lease)} a second time. Take a new ticket.`,
      );
    }
    this.checkOwner();
  }

  get floor(): number {
    const raises = Atomics.load(this.words, FLOOR_RAISES_WORD);
    if (raises !== this.raisesSeen) {
      this.raisesSeen = raises;
      this.floorSeen = Number(Atomics.load(this.fields, FLOOR));
    }
    return this.floorSeen;
  }

  /**
   * @throws LeaseLostError `LEASE_LOST` when the slot is closed; nothing above an earlier answer may be issued then
   * @throws ShardflakeError `CLOCK_AHEAD`, ClockError `CLOCK_BEHIND` while this host's clock is wrong
   */
  admit(tick: number): number {
    if (tick > this.admitted) this.checkClock();
    if (tick > this.limit) this.limit = Number(Atomics.load(this.fields, LIMIT));
    const allowed = Math.min(tick, this.limit);
    if (allowed <= this.admitted) {
      // A tick that was admitted stays admitted after a takeover: whoever closed the slot read `last` after closing it.
      // Whoever wants more, at the end of the window, learns here that it will never be extended.
      if (tick > this.admitted) {
        this.checkOwner();
        this.countWait();
      }
      return allowed;
    }
    publishLast(this.fields, allowed);
    this.checkOwner();
    this.admitted = allowed;
    return allowed;
  }

  private countWait(): void {
    if (this.waitedAt === this.limit) return;
    this.waitedAt = this.limit;
    Atomics.add(this.fields, WINDOW_WAITS, 1n);
  }

  private checkClock(): void {
    const leadMs = Atomics.load(this.fields, LEAD);
    if (leadMs !== 0n) throw clockOff(Number(leadMs));
  }

  private checkOwner(): void {
    if (Atomics.load(this.fields, OWNER) !== this.generation) throw lost(this.lease);
  }
}

function lost(lease: Lease): LeaseLostError {
  return new LeaseLostError(
    "LEASE_LOST",
    `Expected machine ID ${nameOf(lease)} to be held in generation ${lease.generation}, but it was released or taken ` +
      "over. Nothing wrong was issued; take a new lease.",
  );
}

function nameOf(lease: Lease): string {
  return `${lease.datacenterId}/${lease.machineId}`;
}
