import { type Layout, type LayoutError, type ShardflakeError, tickAt } from "@shardflake/core";
import {
  ClaimObserver,
  chanceOf,
  clockReading,
  type Grant,
  type KeeperEffect,
  type KeeperEvent,
  type Lease,
  lastOf,
  type MachineId,
  machineKey,
  type RegisterWrite,
  type StoredRegister,
} from "@shardflake/pool/protocol";
import type { Build } from "./build.js";
import type { HostClock } from "./host-clock.js";

/** What the keeper wants of the store. */
export interface StoreRequest {
  readonly callId: number;
  /** None: a read. */
  readonly writes: readonly RegisterWrite[];
}

/** What the store, or the way to it, answered. Whether the claims stand is for the reader to judge. */
export type StoreAnswer = Extract<KeeperEvent, { readonly callId: number }>;

/** What arrives at a keeper: an answer, or the store's time. */
export type StoreMessage = StoreAnswer | Extract<KeeperEvent, { readonly kind: "store-time" }>;

/** What the keeper's shell says to the process around it. */
export interface KeeperListener {
  asks(request: StoreRequest): void;
  granted(grant: Grant, holder: string): void;
  raised(generation: number, limit: number): void;
  lost(generation: number): void;
  released(): void;
  refused(error: ShardflakeError | LayoutError): void;
  /** These ticks are given up. */
  gaveUp(generation: number, floor: number): void;
  /** No request that begins from now on gets an ID of this tick or below. */
  horizon(tick: number): void;
  /** The host's clock is so far from the store's, or right again where it is 0. */
  clockIsOff(leadMs: number): void;
  /** No machine ID can be had yet. */
  waits(why: "floor-ahead-wait" | "machine-ids-taken-wait"): void;
}

/** What a keeper is run with. */
export interface KeeperShellOptions {
  readonly layout: Layout;
  readonly machine: ReturnType<Build["keeper"]>;
  readonly clock: HostClock;
  /** Unique to the process; a copy of the process has the same, because its random numbers to come are the same. */
  readonly tag: string;
  /** The machine IDs that may be taken; `null` for all. */
  readonly among: readonly MachineId[] | null;
  readonly waitMs: number;
  /** Whether the owner of a claim is known to be gone. */
  readonly isOwnerGone: (id: MachineId) => boolean;
  readonly listener: KeeperListener;
}

/** Drives the keeper's machine in virtual time, as the local keeper does in real time. */
export class KeeperShell {
  /** True time at which the machine wants to be woken. */
  wakeAtMs: number = Number.POSITIVE_INFINITY;
  private readonly options: KeeperShellOptions;
  private readonly nowMs: () => number;
  private readonly claims = new ClaimObserver();
  private readonly lasts = new Map<string, number>();
  private leaseKnown: Lease | null = null;
  private holder = "";
  private serial = 0;
  /** What tells the marks of a copy from those of its original; nothing for an original. */
  private moment = "";
  private releaseId = -1;
  /** The acquire that was not answered yet. */
  private acquireId: number | null = null;
  private calls = 0;

  /** @throws ClockError when the clock gives no number */
  constructor(options: KeeperShellOptions) {
    this.options = options;
    this.nowMs = clockReading(options.clock);
  }

  /**
   * From now on this is a copy on a host of its own. Its random generators are its original's, and in this world it lives
   * in the same instants; but a mark carries the nanosecond in which it is drawn, and two hosts do not share those.
   */
  separate(host: number): void {
    this.moment = `@${host}`;
  }

  acquire(): void {
    const { among, waitMs } = this.options;
    this.holder = `${this.options.tag}.holder-${++this.serial}`;
    this.acquireId = ++this.serial;
    const request = { count: 1, wanted: { purpose: "live" }, among, waitMs } as const;
    this.tell({ kind: "acquire", requestId: this.acquireId, request, holder: this.holder }, null);
  }

  askHorizon(lease: Lease | null): void {
    this.tell({ kind: "horizon", requestId: ++this.serial }, lease);
  }

  /** @param last highest tick of the lease, whose slot is closed */
  release({ datacenterId, machineId, generation }: Lease, last: number): void {
    this.releaseId = ++this.serial;
    const leases = [{ datacenterId, machineId, generation, last }];
    this.tell({ kind: "release", requestId: this.releaseId, leases }, null);
  }

  woken(lease: Lease | null): void {
    this.tell({ kind: "woken" }, lease);
  }

  hears(message: StoreMessage, lease: Lease | null): void {
    if (message.kind !== "read") {
      this.tell(message, lease);
      return;
    }
    const registers = message.registers.map((stored) => this.judged(stored));
    const before = this.calls;
    this.tell({ ...message, registers }, lease);
    if (this.acquireId !== null && this.calls === before) this.explain(registers);
  }

  private judged(stored: StoredRegister): StoredRegister {
    const { clock, isOwnerGone } = this.options;
    const stands = this.claims.stands(stored, stored.version, stored.register, clock.monotonic());
    return { ...stored, claimed: stands && !isOwnerGone(stored) };
  }

  /** An acquire that has read and does not write has to wait. */
  private explain(registers: readonly StoredRegister[]): void {
    const { layout, listener } = this.options;
    const tick = tickAt(layout, this.nowMs());
    const isAhead = registers.some(({ claimed, register }) => !claimed && register.limit >= tick);
    listener.waits(isAhead ? "floor-ahead-wait" : "machine-ids-taken-wait");
  }

  private tell(event: KeeperEvent, lease: Lease | null): void {
    const { clock, machine, tag } = this.options;
    if (lease !== this.leaseKnown) {
      this.lasts.clear();
      this.leaseKnown = lease;
    }
    if (lease !== null) this.lasts.set(machineKey(lease), lastOf(lease.slot));
    const monotonicMs = clock.monotonic();
    const nonce = `${tag}.${++this.serial}${this.moment}`;
    const moment = { nowMs: this.nowMs(), monotonicMs, nonce, chance: chanceOf(nonce), lasts: this.lasts };
    const effects = machine.handle(event, moment);
    for (const effect of effects) this.perform(effect, monotonicMs);
  }

  private perform(effect: KeeperEffect, monotonicMs: number): void {
    const { clock, listener } = this.options;
    switch (effect.kind) {
      case "read":
      case "write":
        this.calls++;
        listener.asks({ callId: effect.callId, writes: effect.kind === "read" ? [] : effect.writes });
        return;
      case "raise":
        listener.raised(effect.generation, effect.limit);
        return;
      case "floor":
        listener.gaveUp(effect.generation, effect.floor);
        return;
      case "horizon":
        listener.horizon(effect.tick);
        return;
      case "lost":
        listener.lost(effect.generation);
        return;
      case "granted":
        this.acquireId = null;
        listener.granted(effect.grants[0]!, this.holder);
        return;
      case "finished":
        listener.released();
        return;
      case "refused":
        if (effect.requestId === this.releaseId) listener.released();
        if (effect.requestId !== this.acquireId) return;
        this.acquireId = null;
        listener.refused(effect.error);
        return;
      case "clock":
        listener.clockIsOff(effect.leadMs);
        return;
      case "warned":
        return;
      case "wake":
        // A timer takes a millisecond at least; rounded up to a fraction that adds exactly.
        this.wakeAtMs = clock.trueMs + Math.max(1, Math.ceil((effect.atMonotonicMs - monotonicMs) * 1024) / 1024);
    }
  }
}
