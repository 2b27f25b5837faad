import { type Clock, ShardflakeError } from "@shardflake/core";
import { openClock } from "../clock-spec.js";
import { chanceOf } from "../register/chance.js";
import { machineKey } from "../register/machine-id.js";
import type { RegisterWrite, StoredRegister } from "../register/register.js";
import { closeSlot, createSlot, lastOf, markClock, raiseFloor, raiseLimit } from "../slot/slot.js";
import { openStore } from "../store/open-store.js";
import type { RegisterStore } from "../store/store.js";
import { checkCount, checkRequest } from "./check-request.js";
import { clockReading } from "./clock-reading.js";
import { freshMark } from "./fresh-mark.js";
import type { Keeper } from "./keeper.js";
import { KeeperMachine } from "./keeper-machine.js";
import { type KeeperOptions, type KeeperSettings, keeperSettings } from "./keeper-options.js";
import type { Grant, KeeperEffect, KeeperEvent, Moment } from "./keeper-protocol.js";
import { type AcquireRequest, type Lease, type LeaseId, leaseKey } from "./lease.js";

/** Longest delay of setTimeout. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Starts a keeper in this thread. A thread that blocks for longer than a window stops its renewals: use
 * a pool, whose keeper has a thread of its own, where others have the thread.
 *
 * @throws ShardflakeError `OPTION_INVALID`, `LAYOUT_MISMATCH`, `STORE_UNAVAILABLE`, `STORE_CORRUPT`,
 * `STORE_FORMAT_NEWER`, `STORE_NETWORK_FS`, `STORE_INVALID`, `NAMESPACE_INVALID`
 * @throws ClockError `CLOCK_UNREADABLE`
 */
export async function startLocalKeeper(options: KeeperOptions): Promise<Keeper> {
  const settings = keeperSettings(options);
  const clock = await openClock(settings.clock, { kind: "keeper" });
  const store = await openStore(settings.store, clock);
  const { onLost = () => {}, onWarning = () => {} } = options;
  const keeper = new LocalKeeper(settings, clock, store, { onLost, onWarning });
  await store.open(settings.namespace, settings.layout);
  return keeper;
}

type Listeners = Required<Pick<KeeperOptions, "onLost" | "onWarning">>;

type Answer =
  | { readonly kind: "leases"; readonly leases: Lease[] }
  | { readonly kind: "registers"; readonly registers: readonly StoredRegister[] }
  | { readonly kind: "horizon"; readonly tick: number };

interface Pending {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** Runs the keeper machine over a store, with timers, slots and random numbers. */
class LocalKeeper implements Keeper {
  private readonly settings: KeeperSettings;
  private readonly clock: Clock;
  private readonly nowMs: () => number;
  private readonly store: RegisterStore;
  private readonly listeners: Listeners;
  private readonly machine: KeeperMachine;
  private readonly leases = new Map<string, Lease>();
  private readonly pending = new Map<number, Pending>();
  private requestId = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed: Promise<void> | undefined;
  private isOver = false;

  constructor(settings: KeeperSettings, clock: Clock, store: RegisterStore, listeners: Listeners) {
    this.settings = settings;
    this.clock = clock;
    this.nowMs = clockReading(clock);
    this.store = store;
    this.listeners = listeners;
    this.machine = new KeeperMachine(settings);
  }

  async acquire(request: AcquireRequest): Promise<Lease[]> {
    this.checkOpen();
    checkRequest(request, this.settings.layout.machines);
    if (request.count === 0) return [];
    const holder = freshMark();
    const answer = await this.ask((requestId) => ({ kind: "acquire", requestId, request, holder }));
    return answer.kind === "leases" ? answer.leases : [];
  }

  async release(leases: readonly Lease[]): Promise<void> {
    // First of all, and for ever: whatever happens to the rest, these leases never issue again.
    for (const lease of leases) closeSlot(lease.slot);
    this.checkOpen();
    await this.giveBack(leases);
  }

  async inspect(): Promise<StoredRegister[]> {
    this.checkOpen();
    return (await this.store.read()).filter(({ register }) => register.purpose !== "horizon");
  }

  async storeTimeMs(): Promise<number> {
    this.checkOpen();
    return await this.store.now();
  }

  async reserveBackfill(count: number): Promise<StoredRegister[]> {
    this.checkOpen();
    checkCount(count, this.settings.layout.machines);
    return await this.adjust((requestId) => ({ kind: "reserve", requestId, count }));
  }

  async forceRelease(datacenterId: number, machineId: number): Promise<StoredRegister> {
    this.checkOpen();
    const id = { datacenterId, machineId };
    const [released] = await this.adjust((requestId) => ({ kind: "force-release", requestId, id }));
    return released!;
  }

  async raiseFloors(toMs: number): Promise<StoredRegister[]> {
    this.checkOpen();
    return await this.adjust((requestId) => ({ kind: "raise-floors", requestId, toMs }));
  }

  async horizonTick(): Promise<number> {
    this.checkOpen();
    const answer = await this.ask((requestId) => ({ kind: "horizon", requestId }));
    return answer.kind === "horizon" ? answer.tick : 0;
  }

  close(): Promise<void> {
    this.closed ??= this.shutDown();
    return this.closed;
  }

  private async shutDown(): Promise<void> {
    for (const lease of this.leases.values()) closeSlot(lease.slot);
    this.dispatch({ kind: "abandon" });
    while (this.pending.size > 0) await this.settled();
    try {
      await this.giveBack([...this.leases.values()]);
    } finally {
      this.isOver = true;
      clearTimeout(this.timer);
      await this.store.close();
    }
  }

  /** Resolves when some request has been answered. */
  private settled(): Promise<unknown> {
    return new Promise((resolve) => {
      for (const pending of this.pending.values()) {
        const { resolve: inner, reject } = pending;
        pending.resolve = (answer) => resolve(inner(answer));
        pending.reject = (error) => resolve(reject(error));
      }
    });
  }

  private async giveBack(leases: readonly Lease[]): Promise<void> {
    const closed = leases.map(({ datacenterId, machineId, generation, slot }) => {
      this.leases.delete(leaseKey({ datacenterId, machineId, generation }));
      return { datacenterId, machineId, generation, last: closeSlot(slot) };
    });
    if (closed.length > 0) await this.ask((requestId) => ({ kind: "release", requestId, leases: closed }));
  }

  private async adjust(event: (requestId: number) => KeeperEvent): Promise<StoredRegister[]> {
    const answer = await this.ask(event);
    return answer.kind === "registers" ? [...answer.registers] : [];
  }

  private ask(event: (requestId: number) => KeeperEvent): Promise<Answer> {
    const requestId = ++this.requestId;
    return new Promise((resolve, reject) => {
      this.pending.set(requestId, { resolve, reject });
      this.dispatch(event(requestId));
    });
  }

  private dispatch(event: KeeperEvent): void {
    // What comes after the end, such as an answer that was given up, must start nothing.
    if (this.isOver) return;
    for (const effect of this.machine.handle(event, this.moment())) this.perform(effect);
  }

  private moment(): Moment {
    const lasts = new Map([...this.leases.values()].map((lease) => [machineKey(lease), lastOf(lease.slot)]));
    const nonce = freshMark();
    const chance = chanceOf(nonce);
    return { nowMs: this.nowMs(), monotonicMs: this.clock.monotonic(), nonce, chance, lasts };
  }

  private perform(effect: KeeperEffect): void {
    switch (effect.kind) {
      case "read":
        void this.read(effect.callId);
        return;
      case "write":
        void this.write(effect.callId, effect.writes);
        return;
      case "raise": {
        const lease = this.leases.get(leaseKey(effect));
        if (lease !== undefined) raiseLimit(lease.slot, effect.limit);
        return;
      }
      case "floor": {
        const lease = this.leases.get(leaseKey(effect));
        if (lease !== undefined) raiseFloor(lease.slot, effect.floor);
        return;
      }
      case "horizon":
        this.answered(effect.requestId)?.resolve({ kind: "horizon", tick: effect.tick });
        return;
      case "lost":
        this.lose(effect);
        return;
      case "granted":
        this.answered(effect.requestId)?.resolve({
          kind: "leases",
          leases: effect.grants.map((grant) => this.open(grant)),
        });
        return;
      case "finished":
        this.answered(effect.requestId)?.resolve({ kind: "registers", registers: effect.registers });
        return;
      case "refused":
        this.answered(effect.requestId)?.reject(effect.error);
        return;
      case "clock":
        for (const lease of this.leases.values()) markClock(lease.slot, effect.leadMs);
        return;
      case "warned":
        queueMicrotask(() => this.listeners.onWarning(effect.warning));
        return;
      case "wake":
        this.wakeAt(effect.atMonotonicMs);
    }
  }

  private async read(callId: number): Promise<void> {
    try {
      const registers = await this.store.read();
      // A store with a clock of its own has just told it.
      const storeNowMs = await this.store.now();
      this.dispatch({ kind: "read", callId, registers, storeNowMs });
    } catch (error) {
      this.dispatch({ kind: "failed", callId, error });
    }
  }

  private async write(callId: number, writes: readonly RegisterWrite[]): Promise<void> {
    try {
      this.dispatch({ kind: "written", callId, outcome: await this.store.write(writes) });
    } catch (error) {
      this.dispatch({ kind: "failed", callId, error });
      return;
    }
    // Renewals read nothing: the clocks are compared beside them. Where that fails, the next renewal does it.
    await this.store.now().then(
      (storeNowMs) => this.dispatch({ kind: "store-time", storeNowMs }),
      () => {},
    );
  }

  private open(grant: Grant): Lease {
    const { datacenterId, machineId, generation, floor, limit } = grant;
    const lease: Lease = { datacenterId, machineId, generation, floor, slot: createSlot(generation, floor, limit) };
    this.leases.set(leaseKey(grant), lease);
    return lease;
  }

  private lose(id: LeaseId): void {
    const lease = this.leases.get(leaseKey(id));
    if (lease === undefined) return;
    this.leases.delete(leaseKey(id));
    closeSlot(lease.slot);
    // The listener may well ask for a new lease at once: let the machine's effects be done first.
    queueMicrotask(() => this.listeners.onLost([lease]));
  }

  private answered(requestId: number): Pending | undefined {
    const pending = this.pending.get(requestId);
    this.pending.delete(requestId);
    return pending;
  }

  private wakeAt(atMonotonicMs: number): void {
    clearTimeout(this.timer);
    if (atMonotonicMs === Number.POSITIVE_INFINITY) return;
    const delayMs = Math.min(MAX_TIMER_MS, Math.max(1, atMonotonicMs - this.clock.monotonic()));
    this.timer = setTimeout(() => this.dispatch({ kind: "woken" }), delayMs);
    // Renewals alone keep no process alive; a request that somebody awaits does.
    if (this.pending.size === 0) this.timer.unref();
  }

  private checkOpen(): void {
    if (this.closed === undefined) return;
    throw new ShardflakeError("KEEPER_CLOSED", "Expected an open keeper, got one that was closed.");
  }
}
