import type { Asking, Process, Seat } from "./process.js";
import type { Protocol } from "./protocol.js";
import type { Issue } from "./world.js";

/** What a step of a thread comes to. */
export interface ThreadOutcome {
  readonly process: Process;
  readonly issued: Issue | null;
}

/** A thread, not asking yet, whose clock reads a tick it has not issued: its first access to the slot. */
export function ask(protocol: Protocol, process: Process, seat: Seat, wanted: number): ThreadOutcome {
  return access(protocol, process, seat, { steps: 0, wanted, allowed: wanted });
}

/** The next access of a thread that is asking. */
export function access(protocol: Protocol, process: Process, seat: Seat, asking: Asking): ThreadOutcome {
  const { wanted, steps } = asking;
  const next = (allowed: number, changed: Partial<Seat> = {}): ThreadOutcome =>
    advance(protocol, process, seat, { ...seat, ...changed, asking: { wanted, allowed, steps: steps + 1 } });
  switch (protocol.holderSteps[steps]!) {
    case "load limit": {
      const allowed = Math.min(wanted, seat.limit);
      return allowed > seat.admitted ? next(allowed) : nothing(process, seat);
    }
    case "store last":
      return next(asking.allowed, { last: asking.allowed });
    case "load owner":
      return seat.owner === "open" ? next(asking.allowed) : nothing(process, seat);
    case "load floor":
      return asking.allowed > seat.floor ? next(asking.allowed) : nothing(process, seat);
  }
}

/** After its last access the thread issues at once: later would be no worse, for what counts is which ticks. */
function advance(protocol: Protocol, process: Process, seat: Seat, after: Seat): ThreadOutcome {
  const { steps, allowed } = after.asking!;
  if (steps < protocol.holderSteps.length) return { process: withSeat(process, seat, after), issued: null };
  const { generation, admitted, floor } = seat;
  const above = protocol.holderSteps.includes("load floor") ? Math.max(admitted, floor) : admitted;
  const issuing = { ...after, admitted: allowed, asking: null };
  const issued: Issue = { generation, above, upTo: allowed, part: "whole ticks" };
  return { process: withSeat(process, seat, issuing), issued };
}

/** A thread that is not asking uses more of the last tick it was allowed. */
export function useRest(protocol: Protocol, process: Process, seat: Seat): ThreadOutcome {
  const { generation, admitted, floor, start } = seat;
  const isGivenUp = admitted === start || (protocol.restSteps.includes("load floor") && floor >= admitted);
  const issued: Issue = { generation, above: admitted - 1, upTo: admitted, part: "rest of a tick" };
  return { process, issued: isGivenUp ? null : issued };
}

/** The keeper begins to close a seat, or goes on with it; after its last access it is done. */
export function close(protocol: Protocol, process: Process, seat: Seat): Process {
  const steps = process.closing?.steps ?? 0;
  const closing = { generation: seat.generation, steps: steps + 1 };
  const after: Seat = protocol.takerSteps[steps] === "close owner" ? { ...seat, owner: "closed" } : seat;
  return { ...withSeat(process, seat, after), closing };
}

function nothing(process: Process, seat: Seat): ThreadOutcome {
  return { process: withSeat(process, seat, { ...seat, asking: null }), issued: null };
}

function withSeat(process: Process, before: Seat, after: Seat): Process {
  return { ...process, seats: process.seats.map((seat) => (seat === before ? after : seat)) };
}
