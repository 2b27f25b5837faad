import {
  createGenerator,
  defineLayout,
  type Generator,
  type LayoutOptions,
  type SequenceStart,
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
 * @throws ShardflakeError `TICKET_USED` when it was opened before in whatever thread, `TICKET_INVALID` when it is none
 * @throws LeaseLostError `LEASE_LOST` when the pool was closed or the machine ID was taken over
 */
export async function openShard(ticket: Ticket): Promise<Generator> {
  const window = openShardWindow(ticket?.lease);
  const clock = steadyClock(await openClock(ticket.clock));
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
