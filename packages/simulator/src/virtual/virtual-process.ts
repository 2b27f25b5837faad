import { ClockError, type Layout, LayoutError, type ShardflakeError, tickAt, type Window } from "@shardflake/core";
import {
  closeSlot,
  createSlot,
  FLOOR_MARGIN_MS,
  type Grant,
  type Lease,
  type MachineId,
  markClock,
  raiseFloor,
  raiseLimit,
} from "@shardflake/pool/protocol";
import type { Build, IssuingGenerator } from "./build.js";
import type { HorizonAsking } from "./horizon-asking.js";
import type { HostClock } from "./host-clock.js";
import { IssuingClock } from "./issuing-clock.js";
import { type KeeperListener, KeeperShell, type StoreMessage, type StoreRequest } from "./keeper-shell.js";
import type { Witness } from "./witness.js";

/** How long an acquire may wait for a machine ID: the default of the command. */
const ACQUIRE_WAIT_MS = 20_000;
/** Between a refused acquire and the next one. */
const ACQUIRE_AGAIN_MS = 1000;
/** Default of the keeper's options. */
const MAX_LEAD_MS = 24 * 3_600_000;

/** What a process is started with. */
export interface ProcessOptions {
  readonly shard: number;
  readonly tag: string;
  readonly layout: Layout;
  readonly windowMs: number;
  readonly build: Build;
  readonly clock: HostClock;
  readonly among: readonly MachineId[] | null;
  readonly isOwnerGone: (id: MachineId) => boolean;
  readonly horizonAsking: HorizonAsking;
  /** Takes what the keeper asks of the store. */
  readonly asks: (request: StoreRequest) => void;
  readonly witness: Witness;
}

/** One process: a steady clock, a keeper, one machine ID, a generator. A function of what is called when, and of nothing else. */
export class VirtualProcess implements KeeperListener {
  readonly clock: IssuingClock;
  /** `null` until there is a lease, and while the clock forbids to begin. */
  generator: IssuingGenerator | null = null;
  lease: Lease | null = null;
  /** Number of the latest holding. */
  holding = -1;
  state: "running" | "releasing" | "released" = "running";
  /** Why there is no generator. */
  reason = "LEASE_PENDING";
  /** Times that a lease was granted, raised or lost: whoever waits for one may look again. */
  changes = 0;
  /** Times that a lease was lost to another holder. */
  fenced = 0;
  private readonly options: ProcessOptions;
  private readonly keeper: KeeperShell;
  private window: Window | null = null;
  private holder = "";
  private limit = 0;
  private acquireAtMs: number;
  private horizonAtMs: number;
  private horizons = 0;

  /** @throws ClockError when the clock gives no number */
  constructor(options: ProcessOptions) {
    const { build, clock, layout, windowMs, shard, tag, among, isOwnerGone } = options;
    this.options = options;
    this.clock = new IssuingClock(build.steadyClock(clock), clock);
    const machine = build.keeper({ layout, windowMs, maxLeadMs: MAX_LEAD_MS, marginMs: FLOOR_MARGIN_MS }, shard);
    const waitMs = ACQUIRE_WAIT_MS;
    this.keeper = new KeeperShell({ layout, machine, clock, tag, among, waitMs, isOwnerGone, listener: this });
    this.acquireAtMs = clock.trueMs;
    this.horizonAtMs = this.nextHorizonMs();
  }

  /** True time at which there is something to do, requests apart. */
  get dueMs(): number {
    return Math.min(this.keeper.wakeAtMs, this.acquireAtMs, this.horizonAtMs);
  }

  /** Does what is due. */
  run(): void {
    const { trueMs } = this.options.clock;
    if (trueMs >= this.keeper.wakeAtMs) this.keeper.woken(this.lease);
    if (trueMs >= this.horizonAtMs) {
      this.horizonAtMs = this.nextHorizonMs();
      this.keeper.askHorizon(this.lease);
    }
    if (trueMs < this.acquireAtMs) return;
    this.acquireAtMs = Number.POSITIVE_INFINITY;
    if (this.state === "running") this.keeper.acquire();
  }

  hears(message: StoreMessage): void {
    const { witness } = this.options;
    if (message.kind === "written" && message.outcome === "conflict") {
      witness.branch(this.lease === null ? "acquire-conflict" : "renewal-conflict");
    }
    this.keeper.hears(message, this.lease);
  }

  /** It is a copy from now on, on a host of its own. */
  separate(host: number): void {
    this.keeper.separate(host);
  }

  /** The generator, if there can be one now. */
  open(): IssuingGenerator | null {
    const { generator, window, lease } = this;
    if (generator !== null || window === null || lease === null) return generator;
    const { layout, build } = this.options;
    const { datacenterId, machineId } = lease;
    try {
      this.generator = build.generator({ layout, datacenterId, machineId, clock: this.clock, window });
    } catch (error) {
      if (!(error instanceof ClockError || error instanceof LayoutError)) throw error;
      this.reason = error.code;
    }
    return this.generator;
  }

  /** Gives the machine ID back; the process may end when its state is "released". */
  release(): void {
    const { lease } = this;
    this.state = lease === null ? "released" : "releasing";
    if (lease === null) return;
    const last = closeSlot(lease.slot);
    this.dropLease(Math.max(lease.floor, last));
    this.keeper.release(lease, last);
  }

  /** Another holder has the machine ID: closes the slot and takes another one. */
  loseLease(): void {
    const { lease, options } = this;
    if (lease === null) return;
    closeSlot(lease.slot);
    this.fenced++;
    this.dropLease(this.limit);
    this.acquireAtMs = options.clock.trueMs;
    options.witness.branch("fenced");
  }

  /** The process is gone, and its lease is nobody's. */
  abandonLease(): void {
    this.dropLease(this.limit);
  }

  /** @param limit highest tick that may have been issued */
  private dropLease(limit: number): void {
    if (this.lease === null) return;
    const { witness, clock } = this.options;
    witness.observer.ended(this.holding, limit, clock.trueMs);
    this.lease = null;
    this.window = null;
    this.generator = null;
    this.reason = "LEASE_PENDING";
    this.changes++;
  }

  /** Tells of the holding: it was granted, or a copy of the process came to life with it. */
  declare(): void {
    const { lease, holder, limit } = this;
    if (lease === null) return;
    const { shard, witness, clock } = this.options;
    const { datacenterId, machineId, generation, floor } = lease;
    this.holding = witness.held({ shard, holder, datacenterId, machineId, generation, floor }, clock.trueMs);
    witness.observer.extended(this.holding, limit, clock.trueMs);
  }

  asks(request: StoreRequest): void {
    this.options.asks(request);
  }

  granted({ datacenterId, machineId, generation, floor, limit }: Grant, holder: string): void {
    const { build, witness, layout, windowMs, clock } = this.options;
    const lease: Lease = { datacenterId, machineId, generation, floor, slot: createSlot(generation, floor, limit) };
    this.lease = lease;
    this.holder = holder;
    this.limit = limit;
    this.window = build.window(lease);
    this.changes++;
    this.declare();
    const renewFrom = tickAt(layout, clock.now()) + Math.ceil((windowMs * 2) / 3 / layout.tickMs);
    if (limit < renewFrom) witness.branch("late-grant");
    this.open();
  }

  raised(generation: number, limit: number): void {
    const { lease, options } = this;
    if (lease?.generation !== generation) return;
    raiseLimit(lease.slot, limit);
    this.limit = Math.max(this.limit, limit);
    this.changes++;
    options.witness.observer.extended(this.holding, limit, options.clock.trueMs);
  }

  gaveUp(generation: number, floor: number): void {
    const { lease } = this;
    if (lease?.generation === generation) raiseFloor(lease.slot, floor);
  }

  horizon(tick: number): void {
    const { witness, clock } = this.options;
    witness.observer.horizon(tick, clock.trueMs);
    witness.branch("horizon-told");
  }

  private nextHorizonMs(): number {
    const { clock, horizonAsking, tag } = this.options;
    return clock.trueMs + horizonAsking.nextMs(`${tag}.horizon-${++this.horizons}`);
  }

  lost(generation: number): void {
    if (this.lease?.generation === generation) this.loseLease();
  }

  released(): void {
    this.state = "released";
    this.options.witness.branch("released");
  }

  refused(error: ShardflakeError): void {
    const { witness, clock } = this.options;
    this.reason = error.code;
    this.acquireAtMs = clock.trueMs + ACQUIRE_AGAIN_MS;
    witness.branch("acquire-refused");
  }

  clockIsOff(leadMs: number): void {
    const { lease, options } = this;
    if (lease !== null) markClock(lease.slot, leadMs);
    if (leadMs !== 0) options.witness.branch("clock-taken-out");
  }

  waits(why: "floor-ahead-wait" | "machine-ids-taken-wait"): void {
    this.options.witness.branch(why);
  }
}
