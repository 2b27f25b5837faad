import {
  copyMachine,
  type Grant,
  type KeeperEffect,
  type KeeperEvent,
  type Register,
  type RegisterWrite,
  type StoredRegister,
} from "@shardflake/pool/protocol";
import { MARK } from "./fingerprint.js";
import type { Call, Process, Records, Seat } from "./process.js";
import type { Intent, Protocol } from "./protocol.js";
import { KEY, WINDOW_MS } from "./scale.js";

const ACQUIRE = 1;
const RELEASE = 2;
const HORIZON = 3;
/** Later than every clock reads: in a small world it sets no bound. */
const STORE_NOW_MS = 2 ** 50;
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

/** The keeper is asked for the horizon. */
export function askHorizon(protocol: Protocol, process: Process, tick: number): Process {
  const event: KeeperEvent = { kind: "horizon", requestId: HORIZON };
  return tell(protocol, { ...process, horizon: { listed: null } }, { event, tick, sent: null });
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
  if (call.kind !== "read") {
    const event: KeeperEvent = { kind: "written", callId, outcome: call.answer! };
    const sent = call.kind === "write" ? call.write.register : null;
    const seats = protocol.raisesFloor === "with its answer" ? floorsRaised(process, sent) : process.seats;
    const after = tell(protocol, { ...process, calls, flight, seats }, { event, tick, sent });
    const isAcquired = call.kind === "write" && call.intent === "acquire" && call.answer === "done";
    return isAcquired && protocol.readsAgain === "at once" ? readAgain(protocol, after, call.write, tick) : after;
  }
  const { register } = call.answer!;
  const memory = awaited && process.wanting ? protocol.remember(process.memory, register.register) : process.memory;
  const horizon =
    awaited && process.horizon !== null ? { listed: process.horizon.listed ?? register } : process.horizon;
  const registers = seen(protocol, process, call.answer!).filter(({ version }) => version > 0);
  const event: KeeperEvent = { kind: "read", callId, registers, storeNowMs: STORE_NOW_MS };
  return tell(protocol, { ...process, calls, flight, memory, horizon }, { event, tick, sent: null });
}

/** The read that follows an acquire is carried out and heard at once, as long as there is nothing new to be read. */
function readAgain(protocol: Protocol, process: Process, write: RegisterWrite, tick: number): Process {
  const { flight, calls } = process;
  if (flight === null || calls.at(-1)?.kind !== "read" || !process.wanting) return process;
  const { datacenterId, machineId, register, expectedVersion } = write;
  const registers = [{ datacenterId, machineId, register, version: expectedVersion + 1, claimed: true }];
  const event: KeeperEvent = { kind: "read", callId: flight, registers, storeNowMs: STORE_NOW_MS };
  return tell(protocol, { ...process, calls: calls.slice(0, -1), flight: null }, { event, tick, sent: register });
}

/** What a keeper sees of what the store has told. */
function seen(protocol: Protocol, { name, wanting, horizon }: Process, { register, mark }: Records): StoredRegister[] {
  const hasWritten = register.register.holder?.startsWith(`${MARK}${name}`) ?? false;
  if (wanting && hasWritten && protocol.seesMark === "before the write") return [register];
  return [protocol.listsHolders === "before the mark" ? (horizon?.listed ?? register) : register, mark];
}

function floorsRaised({ seats }: Process, written: Register | null): readonly Seat[] {
  return seats.map((seat) =>
    written !== null && isKept(seat, written) ? { ...seat, floor: Math.max(seat.floor, written.floor) } : seat,
  );
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
      const { callId, writes } = effect;
      if (writes.some(({ register }) => register.purpose === "horizon")) {
        const call: Call = { kind: "mark", callId, writes, answer: null };
        return { ...process, flight: callId, calls: [...calls, call], drawn: process.drawn + 1 };
      }
      const [wanted] = writes;
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
      if (effect.requestId === HORIZON) return { ...process, horizon: null };
      return effect.requestId === ACQUIRE ? { ...process, wanting: false, memory: null } : process;
    case "floor":
      if (protocol.raisesFloor === "with its answer") return process;
      return {
        ...process,
        seats: seats.map((seat) =>
          isKept(seat, effect) ? { ...seat, floor: Math.max(seat.floor, effect.floor) } : seat,
        ),
      };
    case "horizon":
      return { ...process, horizon: null, told: Math.max(process.told, effect.tick) };
    case "finished":
    // A wrong clock only keeps a holder from issuing: without that word there is more to find.
    case "clock":
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
  const ticks = { limit, last: floor, floor, start: floor, admitted: floor };
  return { generation, owner: "open", ...ticks, kept: true, asking: null };
}
