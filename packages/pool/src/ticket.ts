import {
  createGenerator,
  defineLayout,
  describeValue,
  type Generator,
  idWriter,
  type Layout,
  type LayoutOptions,
  type SequenceStart,
  ShardflakeError,
  type SteadyClock,
  steadyClock,
} from "@shardflake/core";
import { type ClockSpec, openClock } from "./clock-spec.js";
import type { Lease } from "./keeper/lease.js";
import { createSlot } from "./slot/slot.js";
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
 * @throws LayoutError `LAYOUT_INVALID`, `SECTION_OUT_OF_RANGE` when the ticket's layout or machine ID was changed
 * @throws ClockError
 * @throws LeaseLostError `LEASE_LOST` when the pool was closed or the machine ID was taken over
 */
export async function openShard(ticket: Ticket): Promise<Generator> {
  checkTicket(ticket);
  return openTicket(ticket, steadyClock(await openClock(ticket.clock, { kind: "caller" })));
}

/** Opens a ticket on a clock that others may have in common with it. @throws as {@link openShard} */
export function openTicket(ticket: Ticket, clock: SteadyClock): Generator {
  const layout = checkTicket(ticket);
  // A clock that cannot be had, or cannot be read now, uses no ticket up.
  clock.now();
  const window = openShardWindow(ticket.lease);
  const { lease, sequenceStart, maxWaitMs } = ticket;
  const { datacenterId, machineId } = lease;
  return createGenerator({
    layout,
    datacenterId,
    machineId,
    clock,
    window,
    sequenceStart,
    maxWaitMs,
  });
}

const SLOT_BYTES = createSlot(1, 0, 0).byteLength;

/** Everything that can be wrong with a ticket, before it is used up. Returns its layout. */
function checkTicket(ticket: Ticket): Layout {
  if (ticket === null || typeof ticket !== "object") throw invalid("a ticket", ticket);
  const { lease, clock, sequenceStart, maxWaitMs } = ticket;
  if (lease === null || typeof lease !== "object") throw invalid("a ticket with a `lease`", lease);
  const { slot, generation, floor, datacenterId, machineId } = lease;
  if (!(slot instanceof SharedArrayBuffer) || slot.byteLength !== SLOT_BYTES) {
    throw invalid(`a lease whose \`slot\` is a SharedArrayBuffer of ${SLOT_BYTES} bytes`, slot);
  }
  if (!isInteger(generation, 1)) throw invalid("a lease whose `generation` is an integer from 1", generation);
  if (!isInteger(floor, 0)) throw invalid("a lease whose `floor` is a tick, 0 or more", floor);
  if (clock !== null && (typeof clock?.module !== "string" || typeof clock.export !== "string")) {
    throw invalid("a ticket whose `clock` is { module, export, options } or null", clock);
  }
  if (sequenceStart !== "zero" && sequenceStart !== "random") {
    throw invalid('a ticket whose `sequenceStart` is "zero" or "random"', sequenceStart);
  }
  if (!(typeof maxWaitMs === "number" && maxWaitMs >= 0)) {
    throw invalid("a ticket whose `maxWaitMs` is at least 0", maxWaitMs);
  }
  if (ticket.layout === undefined) throw invalid("a ticket with a `layout`", ticket.layout);
  const layout = defineLayout(ticket.layout);
  idWriter(layout, datacenterId, machineId);
  return layout;
}

function isInteger(value: unknown, least: number): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least;
}

function invalid(expected: string, got: unknown): ShardflakeError {
  return new ShardflakeError(
    "TICKET_INVALID",
    `Expected ${expected}, got ${describeValue(got)}. Hand over what ticket() returned.`,
  );
}
