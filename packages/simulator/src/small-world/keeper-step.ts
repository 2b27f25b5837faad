import {
  copyMachine,
  type Grant,
  type KeeperEffect,
  type KeeperEvent,
  type Register,
  type RegisterWrite,
} from "@shardflake/pool/protocol";
import { MARK } from "./fingerprint.js";
import type { Call, Process, Seat } from "./process.js";
import type { Intent, Protocol } from "./protocol.js";
import { KEY, WINDOW_MS } from "./scale.js";

const ACQUIRE = 1;
const RELEASE = 2;
const REQUEST = { count: 1, wanted: { purpose: "live" }, among: null, waitMs: Number.POSITIVE_INFINITY } as const;

/** Something that happens to a keeper, while its clock reads a tick. */
export interface KeeperStep {
  readonly event: KeeperEvent;
  readonly tick: number;
  /** What was sent, where a write is answered: it may differ from what the machine wanted, and the lease is as it says. */
  readonly sent: Register | null;
}

/** The keeper asks for the register. */
export function acquire(protocol: Protocol, process: Process, tick: number): Process {
  const holder = `${MARK}${process.name}${process.drawn}`;
  const wanting = { ...process, wanting: true, memory: null, drawn: process.drawn + 1 };
  return tell(protocol, wanting, {
    event: { kind: "acquire", requestId: ACQUIRE, request: REQUEST, holder },
    tick,
    sent: null,
  });
}

/** The keeper gives back a lease whose slot it has closed. */
export function release(protocol: Protocol, process: Process, seat: Seat, tick: number): Process {
  const { generation, last } = seat;
  const leases = [{ datacenterId: 0, machineId: 0, generation, last }];
  const seats = process.seats.map((each) => (each === seat ? { ...seat, kept: false } : each));
  const event: KeeperEvent = { kind: "release", requestId: RELEASE, leases };
  return tell(protocol, { ...process, seats, closing: null }, { event, tick, sent: null });
}

/** Monotonic time passes up to the moment at which the keeper wants to be woken. */
export function wake(protocol: Protocol, process: Process, tick: number): Process {
  const passed = { ...process, monotonicMs: Math.max(process.monotonicMs, process.wakeAtMs), flight: null };
  return tell(protocol, passed, { event: { kind: "woken" }, tick, sent: null });
}

/** The answer of a call arrives, in time or late. */
export function receive(protocol: Protocol, process: Process, call: Call, tick: number): Process {
  const { callId } = call;
  const calls = process.calls.filter((each) => each !== call);
  const awaited = call.callId === process.flight;
  const flight = awaited ? null : process.flight;
  if (call.kind === "write") {
    const event: KeeperEvent = { kind: "written", callId, outcome: call.answer! };
    return tell(protocol, { ...process, calls, flight }, { event, tick, sent: call.write.register });
  }
  const registers = call.answer!.version === 0 ? [] : [call.answer!];
  const memory = awaited && process.wanting ? protocol.remember(process.memory, call.answer!.register) : process.memory;
  const event: KeeperEvent = { kind: "read", callId, registers, storeNowMs: 0 };
  return tell(protocol, { ...process, calls, flight, memory }, { event, tick, sent: null });
}

function tell(protocol: Protocol, process: Process, step: KeeperStep): Process {
  const { event, tick } = step;
  const machine = copyMachine(process.machine);
  const kept = process.seats.find((seat) => seat.kept);
  const effects = machine.handle(event, {
    nowMs: tick * WINDOW_MS,
    monotonicMs: process.monotonicMs,
    nonce: `${MARK}${process.name}${process.drawn}`,
    chance: 0,
    lasts: new Map(kept === undefined ? [] : [[KEY, kept.last]]),
  });
  let after: Process = { ...process, machine };
  for (const effect of effects) after = perform(protocol, after, effect, step);
  return after;
}

function perform(protocol: Protocol, process: Process, effect: KeeperEffect, { tick, sent }: KeeperStep): Process {
  const { seats, calls } = process;
  switch (effect.kind) {
    case "read": {
      const { callId } = effect;
      return { ...process, flight: callId, calls: [...calls, { kind: "read", callId, answer: null }] };
    }
    case "write": {
      const { callId } = effect;
      const [wanted] = effect.writes;
      const intent = intentOf(process, wanted!);
      const register = protocol.registerOf(wanted!, { intent, tick, memory: process.memory });
      const call: Call = { kind: "write", callId, intent, write: { ...wanted!, register }, answer: null };
      return { ...process, flight: callId, calls: [...calls, call], drawn: process.drawn + 1 };
    }
    case "raise":
      return {
        ...process,
        seats: seats.map((seat) =>
          isKept(seat, effect) ? { ...seat, limit: Math.max(seat.limit, sent?.limit ?? effect.limit) } : seat,
        ),
      };
    case "lost":
      return {
        ...process,
        seats: seats.map((seat) => (isKept(seat, effect) ? { ...seat, owner: "closed", kept: false } : seat)),
      };
    case "granted":
      return { ...process, wanting: false, memory: null, seats: [...seats, opened({ ...effect.grants[0]!, ...sent })] };
    case "refused":
      return effect.requestId === ACQUIRE ? { ...process, wanting: false, memory: null } : process;
    case "finished":
    // A wrong clock only keeps a holder from issuing: without that word there is more to find.
    case "clock":
    case "floor":
    case "horizon":
    case "warned":
      return process;
    case "wake":
      return { ...process, wakeAtMs: effect.atMonotonicMs };
  }
}

function intentOf(process: Process, { register }: RegisterWrite): Intent {
  if (register.holder === null) return "release";
  return process.seats.some((seat) => isKept(seat, register)) ? "extend" : "acquire";
}

function isKept(seat: Seat, { generation }: { readonly generation: number }): boolean {
  return seat.kept && seat.generation === generation;
}

function opened({ generation, floor, limit }: Pick<Grant, "generation" | "floor" | "limit">): Seat {
  return { generation, owner: "open", limit, last: floor, kept: true, admitted: floor, asking: null };
}
