import { tickAt } from "@shardflake/core";
import { copyMachine } from "../../src/keeper/copy-machine.js";
import type { Grant, KeeperEffect, KeeperEvent } from "../../src/keeper/keeper-protocol.js";
import { chanceOf } from "../../src/register/chance.js";
import { machineKey } from "../../src/register/machine-id.js";
import type { RegisterWrite, StoredRegister } from "../../src/register/register.js";
import { closeSlot, createSlot, markClock, raiseFloor, raiseLimit, readSlot } from "../../src/slot/slot.js";
import { CheckedRegisters } from "./checked-registers.js";
import { Host, LAYOUT, openSeat } from "./host.js";
import { IssuedTicks } from "./issued-ticks.js";
import { must } from "./violation.js";

const START_MS = 1_000_000;

/** What a mutant changes; the real thing changes nothing. */
export interface Mutation {
  /** Rewrites what a keeper is about to write. */
  readonly write?: (write: RegisterWrite, world: World, keeper: Host) => RegisterWrite;
  /** Whether the store compares versions. */
  readonly compares?: boolean;
  /** Told by the keeper's effects before they are carried out; may return others. */
  readonly effects?: (effects: readonly KeeperEffect[]) => readonly KeeperEffect[];
  /** Rewrites what a keeper is told of a write. */
  readonly answer?: (event: KeeperEvent) => KeeperEvent;
  /** Which nonce a host draws for an event; fresh ones by default. */
  readonly nonce?: (host: Host) => string;
}

/** A call to the store on its way, and what became of it. */
interface Call {
  readonly host: Host;
  readonly effect: Extract<KeeperEffect, { readonly callId: number }>;
  applied: KeeperEvent | null;
}

/**
 * Keepers, a store, and a network that loses, delays, repeats and reorders, in virtual time. Throws as soon as something
 * happens that must not: one tick of a machine ID issued by two holders, a tick of an earlier generation above one of a
 * later, windows of successive generations that overlap, or a lease given up that nobody has taken. Only where a process
 * was copied, and only in the window that it had then, may its copies issue the same ticks.
 */
export class World {
  readonly hosts: Host[];
  private readonly store: CheckedRegisters;
  private readonly issued = new IssuedTicks();
  private calls: Call[] = [];
  private readonly mutation: Mutation;
  trueMs: number = START_MS;
  private serial = 0;
  /** Leases that were lost to a copy. */
  fenced = 0;

  constructor(hosts: number, mutation: Mutation = {}) {
    this.hosts = Array.from({ length: hosts }, (_, i) => new Host(`host-${i}`));
    this.mutation = mutation;
    this.store = new CheckedRegisters(mutation.compares !== false);
  }

  get registers(): Map<string, StoredRegister> {
    return this.store.all;
  }

  get takeovers(): number {
    return this.store.takeovers;
  }

  get ticksIssued(): number {
    return this.issued.count;
  }

  get pending(): number {
    return this.calls.length;
  }

  nowMs(host: Host): number {
    return this.trueMs + host.stepMs;
  }

  acquire(host: Host, count: number, waitMs: number): void {
    const request = { count, wanted: { purpose: "live" }, among: null, waitMs } as const;
    this.tell(host, { kind: "acquire", requestId: ++this.serial, request, holder: `${host.name}-${this.serial}` });
  }

  release(host: Host, which: number): void {
    const [seat] = host.leases.splice(which, 1);
    if (seat === undefined) return;
    const { datacenterId, machineId, generation, slot } = seat.lease;
    const leases = [{ datacenterId, machineId, generation, last: closeSlot(slot) }];
    this.tell(host, { kind: "release", requestId: ++this.serial, leases });
  }

  /** Every holder issues as far as its window allows: at its own clock's tick, or as if its clock had run away. */
  issue(host: Host, aheadMs = 0): void {
    for (const seat of [...host.leases]) {
      try {
        const wanted = tickAt(LAYOUT, this.nowMs(host) + aheadMs);
        const tick = wanted <= seat.last ? seat.last : seat.window.admit(wanted);
        if (tick <= seat.last) continue;
        seat.last = tick;
        this.issued.record(host, seat.lease, seat.lease.generation, tick);
      } catch (error) {
        const { code } = error as { readonly code?: string };
        if (code === "CLOCK_AHEAD" || code === "CLOCK_BEHIND") continue;
        if (code !== "LEASE_LOST") throw error;
        host.leases.splice(host.leases.indexOf(seat), 1);
      }
    }
  }

  /** A clone of the process, slots and all. What it has sent will be answered to the original alone. */
  copy(host: Host): Host {
    const copy = new Host(`${host.name}+${++this.serial}`, copyMachine(host.machine));
    copy.wakeAtMs = host.wakeAtMs;
    copy.stepMs = host.stepMs;
    for (const { lease, last } of host.leases) {
      const { generation } = lease;
      const slot = createSlot(generation, last, readSlot(lease.slot).limit);
      copy.leases.push(openSeat({ ...lease, floor: last, slot }, last));
      this.issued.markCopied(lease, generation, readSlot(slot).limit);
    }
    // What the original wrote, or still may, before it was copied: both take it for their own.
    const written = [...this.registers.values()].filter(({ register }) => register.nonce.startsWith(`${host.name}/`));
    const underWay = this.calls.flatMap((call) => {
      return call.host === host && call.effect.kind === "write" ? call.effect.writes : [];
    });
    for (const { datacenterId, machineId, register } of [...written, ...underWay]) {
      this.issued.markCopied({ datacenterId, machineId }, register.generation, register.limit);
    }
    this.hosts.push(copy);
    return copy;
  }

  /** The store carries out a call, now; its answer is on its way. */
  apply(index: number): void {
    const call = this.calls[index];
    if (call === undefined || call.applied !== null) return;
    const { effect, host } = call;
    call.applied =
      effect.kind === "read"
        ? {
            kind: "read",
            callId: effect.callId,
            registers: this.store.readFor(host, this.trueMs),
            storeNowMs: this.trueMs,
          }
        : { kind: "written", callId: effect.callId, outcome: this.store.write(effect.writes) };
  }

  /** The answer of a call arrives; `keep`: and will arrive again. */
  answer(index: number, keep: "once" | "again"): void {
    const call = this.calls[index];
    if (call?.applied == null || call.host.paused) return;
    if (keep === "once") this.calls.splice(index, 1);
    this.tellOf(call, call.applied);
    if (call.effect.kind === "write") this.tell(call.host, { kind: "store-time", storeNowMs: this.trueMs });
  }

  /** The caller hears of a failure; whether the store will still carry it out is open. */
  fail(index: number): void {
    const call = this.calls[index];
    if (call === undefined || call.host.paused) return;
    this.tellOf(call, { kind: "failed", callId: call.effect.callId, error: new Error("connection reset") });
  }

  /** The request, or the answer, is lost for ever. */
  lose(index: number): void {
    this.calls.splice(index, 1);
  }

  /** True time passes; clocks run, and whoever wants to be woken is, unless it is paused. */
  pass(ms: number): void {
    this.trueMs += ms;
    for (const host of this.hosts) {
      if (!host.paused && host.wakeAtMs <= this.trueMs) this.tell(host, { kind: "woken" });
    }
  }

  /** A stretch of time in which the network behaves. */
  calm(ms: number, stepMs = 50): void {
    for (let passed = 0; passed < ms; passed += stepMs) {
      this.pass(stepMs);
      this.settle();
      for (const host of this.hosts) if (!host.paused) this.issue(host);
    }
  }

  /** Every call under way is carried out and answered. */
  settle(): void {
    for (let round = 0; round < 1000; round++) {
      const index = this.calls.findIndex((call) => !call.host.paused);
      if (index === -1) return;
      this.apply(index);
      this.answer(index, "once");
    }
    throw new Error("the keepers never come to rest");
  }

  private tellOf({ host, effect }: Call, event: KeeperEvent): void {
    this.tell(host, (effect.kind === "write" && this.mutation.answer?.(event)) || event);
  }

  tell(host: Host, event: KeeperEvent): void {
    const lasts = new Map(host.leases.map(({ lease }) => [machineKey(lease), readSlot(lease.slot).last]));
    const nonce = this.mutation.nonce?.(host) ?? `${host.name}/${++this.serial}`;
    const chance = chanceOf(nonce);
    const effects = host.machine.handle(event, {
      nowMs: this.nowMs(host),
      monotonicMs: this.trueMs,
      nonce,
      chance,
      lasts,
    });
    for (const effect of this.mutation.effects?.(effects) ?? effects) this.perform(host, effect);
  }

  private perform(host: Host, effect: KeeperEffect): void {
    switch (effect.kind) {
      case "read":
        this.calls.push({ host, effect, applied: null });
        return;
      case "write": {
        const mutate = this.mutation.write ?? ((write: RegisterWrite) => write);
        const writes = effect.writes.map((write) => mutate(write, this, host));
        this.calls.push({ host, effect: { ...effect, writes }, applied: null });
        return;
      }
      case "raise": {
        const seat = host.seatOf(effect);
        if (seat !== undefined) raiseLimit(seat.lease.slot, effect.limit);
        return;
      }
      case "floor": {
        const seat = host.seatOf(effect);
        if (seat !== undefined) raiseFloor(seat.lease.slot, effect.floor);
        return;
      }
      case "horizon":
        return;
      case "lost": {
        host.lost.push(`${machineKey(effect)}@${effect.generation}`);
        this.checkTaken(host, machineKey(effect), effect.generation);
        const seat = host.seatOf(effect);
        if (seat === undefined) return;
        host.leases.splice(host.leases.indexOf(seat), 1);
        closeSlot(seat.lease.slot);
        return;
      }
      case "granted":
        host.granted.push([...effect.grants]);
        for (const grant of effect.grants) this.open(host, grant);
        return;
      case "finished":
        host.finished.push(effect.requestId);
        return;
      case "refused":
        host.refused.push({ requestId: effect.requestId, code: effect.error.code });
        return;
      case "clock":
        for (const { lease } of host.leases) markClock(lease.slot, effect.leadMs);
        return;
      case "warned":
        host.warned.push(effect.warning.code);
        return;
      case "wake":
        host.wakeAtMs = effect.atMonotonicMs;
    }
  }

  private open(host: Host, { datacenterId, machineId, generation, floor, limit }: Grant): void {
    const slot = createSlot(generation, floor, limit);
    host.leases.push(openSeat({ datacenterId, machineId, generation, floor, slot }, floor));
  }

  /** No lease is given up because of a lost answer. */
  private checkTaken(host: Host, key: string, generation: number): void {
    const register = this.registers.get(key)?.register;
    if (register !== undefined && register.generation > generation) return;
    this.fenced++;
    must(
      register?.nonce.startsWith(`${host.name}/`) === false,
      `${key}@${generation} was given up by the last who renewed it`,
    );
  }
}
