import { once } from "node:events";
import { extname } from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { ShardflakeError } from "@shardflake/core";
import { type Remote, wrap } from "comlink";
import { fromWire } from "../error-wire.js";
import type { StoredRegister } from "../register/register.js";
import { settle } from "../settle.js";
import { closeSlot, readSlot } from "../slot/slot.js";
import { threadArguments } from "../thread-arguments.js";
import type { Keeper } from "./keeper.js";
import { type KeeperOptions, keeperSettings } from "./keeper-options.js";
import type { KeeperBirth, KeeperNotice, KeeperService, Reply } from "./keeper-thread-protocol.js";
import { type AcquireRequest, type Lease, leaseKey } from "./lease.js";

const THREAD_FILE: URL = new URL(`./keeper-thread${extname(import.meta.url)}`, import.meta.url);

/** How long a thread that has nothing left to do may take to end, milliseconds. */
const EXIT_MS = 1000;

/** A small young generation: a keeper keeps little, and a thread left to itself would let its heap grow by megabytes. */
const HEAP = { maxYoungGenerationSizeMb: 2 };

/**
 * Starts a keeper in a thread of its own, with the store's client: a blocked main thread never stops renewals. The
 * thread keeps no process alive, except while somebody waits for its answer.
 *
 * @throws ShardflakeError, ClockError as {@link startLocalKeeper}; `KEEPER_STOPPED` when the thread died
 */
export async function startThreadKeeper(options: KeeperOptions): Promise<Keeper> {
  const settings = keeperSettings(options);
  const { port1, port2 } = new MessageChannel();
  const birth: KeeperBirth = { settings, port: port2 };
  const worker = new Worker(THREAD_FILE, {
    workerData: birth,
    transferList: [port2],
    execArgv: threadArguments(),
    resourceLimits: HEAP,
  });
  const keeper = new ThreadKeeper(worker, port1, options);
  await keeper.start();
  return keeper;
}

/** The main thread's side of the keeper's thread. */
class ThreadKeeper implements Keeper {
  private readonly worker: Worker;
  private readonly port: MessagePort;
  private readonly service: Remote<KeeperService>;
  private readonly onLost: (leases: readonly Lease[]) => void;
  private readonly leases = new Map<string, Lease>();
  /** Rejects when the thread has ended. */
  private readonly ended: Promise<never>;
  private crash: unknown;
  private calls = 0;
  private closed: Promise<void> | undefined;

  constructor(worker: Worker, port: MessagePort, { onLost = () => {}, onWarning = () => {} }: KeeperOptions) {
    this.worker = worker;
    this.port = port;
    this.onLost = onLost;
    this.service = wrap<KeeperService>(port);
    worker.on("error", (error) => {
      this.crash = error;
    });
    worker.on("message", (notice: KeeperNotice) => {
      if (notice.kind === "lost") this.lose(notice.leases);
      else onWarning(notice.warning);
    });
    this.ended = once(worker, "exit").then(() => {
      throw this.stopped();
    });
    this.ended.catch(() => this.lose([...this.leases.values()]));
    worker.unref();
    port.unref();
  }

  async start(): Promise<void> {
    try {
      await this.call(() => this.service.start());
    } catch (error) {
      await this.worker.terminate();
      throw error;
    }
  }

  async acquire(request: AcquireRequest): Promise<Lease[]> {
    this.checkOpen();
    const leases = await this.call(() => this.service.acquire(request));
    for (const lease of leases) this.leases.set(leaseKey(lease), lease);
    // The two ports are not in order with one another: a lease may be lost before this thread knows of it.
    this.lose(leases.filter((lease) => !readSlot(lease.slot).open));
    return leases;
  }

  async release(leases: readonly Lease[]): Promise<void> {
    for (const lease of leases) {
      closeSlot(lease.slot);
      this.leases.delete(leaseKey(lease));
    }
    this.checkOpen();
    await this.call(() => this.service.release(leases));
  }

  async inspect(): Promise<StoredRegister[]> {
    this.checkOpen();
    return await this.call(() => this.service.inspect());
  }

  async storeTimeMs(): Promise<number> {
    this.checkOpen();
    return await this.call(() => this.service.storeTimeMs());
  }

  async reserveBackfill(count: number): Promise<StoredRegister[]> {
    this.checkOpen();
    return await this.call(() => this.service.reserveBackfill(count));
  }

  async forceRelease(datacenterId: number, machineId: number): Promise<StoredRegister> {
    this.checkOpen();
    return await this.call(() => this.service.forceRelease(datacenterId, machineId));
  }

  async raiseFloors(toMs: number): Promise<StoredRegister[]> {
    this.checkOpen();
    return await this.call(() => this.service.raiseFloors(toMs));
  }

  async horizonTick(): Promise<number> {
    this.checkOpen();
    return await this.call(() => this.service.horizonTick());
  }

  close(): Promise<void> {
    this.closed ??= this.shutDown();
    return this.closed;
  }

  private async shutDown(): Promise<void> {
    for (const lease of this.leases.values()) closeSlot(lease.slot);
    this.leases.clear();
    try {
      await this.call(() => this.service.close());
    } finally {
      await this.exit();
    }
  }

  private async exit(): Promise<void> {
    this.worker.ref();
    await settle();
    // Closed from this side, after the answer was read: the thread's exit could overtake an answer that is still on its
    // way. Without its port the thread has nothing to wait for, and ends.
    this.port.close();
    const timer = setTimeout(() => void this.worker.terminate(), EXIT_MS);
    await this.ended.catch(() => {});
    clearTimeout(timer);
  }

  /** Holds the process while it waits, and ends when the thread does. */
  private async call<Value>(ask: () => Promise<Reply<Value>>): Promise<Value> {
    if (this.calls++ === 0) this.port.ref();
    try {
      const reply = await Promise.race([ask(), this.ended]);
      if (reply.kind === "failed") throw fromWire(reply.error);
      return reply.value;
    } finally {
      if (--this.calls === 0) this.port.unref();
    }
  }

  private lose(leases: readonly Lease[]): void {
    const lost = leases.flatMap((lease) => this.leases.get(leaseKey(lease)) ?? []);
    for (const lease of lost) {
      closeSlot(lease.slot);
      this.leases.delete(leaseKey(lease));
    }
    if (lost.length > 0) this.onLost(lost);
  }

  private stopped(): ShardflakeError {
    return new ShardflakeError(
      "KEEPER_STOPPED",
      "Expected the keeper's thread to answer, but it has ended. Its machine IDs are no longer renewed: start a new keeper.",
      { cause: this.crash },
    );
  }

  private checkOpen(): void {
    if (this.closed === undefined) return;
    throw new ShardflakeError("KEEPER_CLOSED", "Expected an open keeper, got one that was closed.");
  }
}
