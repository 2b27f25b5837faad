import {
  createGenerator,
  defineLayout,
  type Generator,
  type LayoutOptions,
  type SequenceStart,
  type SteadyClock,
  steadyClock,
} from "@shardflake/core";
import { type ClockSpec, openClock } from "./clock-spec.js";
import type { Lease } from "./keeper/lease.js";
import { openShardWindow } from "./slot/slot-window.js";

/** A machine ID on its way to the thread that will issue with it. Structured-cloneable, good for one {@link openShard}. */
export interface Ticket {
  readonly lease: Lease;
  readonly layout: LayoutOptions;
  readonly clock: ClockSpec | null;
  readonly sequenceStart: SequenceStart;
  readonly maxWaitMs: number;
}

/**
 * Opens a ticket in this thread, any worker thread of yours included, and returns its generator.
 *
 * @throws ShardflakeError `TICKET_USED` when it was opened before in whatever thread, `TICKET_INVALID` when it is none,
 * `CLOCK_UNAVAILABLE`
 * @throws ClockError
 * @throws LeaseLostError `LEASE_LOST` when the pool was closed or the machine ID was taken over
 */
export async function openShard(ticket: Ticket): Promise<Generator> {
  return openTicket(ticket, steadyClock(await openClock(ticket?.clock ?? null)));
}

/** Opens a ticket on a clock that others may have in common with it. @throws as {@link openShard} */
export function openTicket(ticket: Ticket, clock: SteadyClock): Generator {
  // A clock that cannot be had, or cannot be read now, uses no ticket up.
  clock.now();
  const window = openShardWindow(ticket?.lease);
  const { lease, sequenceStart, maxWaitMs } = ticket;
  const { datacenterId, machineId } = lease;
  return createGenerator({
    layout: defineLayout(ticket.layout),
    datacenterId,
    machineId,
    clock,
    window,
    sequenceStart,
    maxWaitMs,
  });
}
