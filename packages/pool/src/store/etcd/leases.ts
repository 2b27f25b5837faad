import type { Clock } from "@shardflake/core";
import type { RegisterWrite } from "../../register/register.js";
import type { Gateway } from "./gateway.js";
import type { GrantAnswer, KeepAliveAnswer } from "./messages.js";

interface Lease {
  readonly id: string;
  readonly ttlMs: number;
  usedMs: number;
}

/** Leases of etcd by holder: each carries the key that says this holder's claims stand. */
export class Leases {
  private readonly gateway: Gateway;
  private readonly clock: Clock;
  private readonly byHolder = new Map<string, Lease>();

  constructor(gateway: Gateway, clock: Clock) {
    this.gateway = gateway;
    this.clock = clock;
  }

  /** Lease IDs for every holder among the writes: new ones are granted, those there are go on. */
  async of(writes: readonly RegisterWrite[]): Promise<ReadonlyMap<string, string>> {
    this.dropEnded();
    const lapses = new Map<string, number>();
    for (const { holder, lapseMs } of writes.map(({ register }) => register)) {
      if (holder !== null) lapses.set(holder, Math.max(lapses.get(holder) ?? 0, lapseMs));
    }
    const leases = await Promise.all([...lapses].map(([holder, lapseMs]) => this.leaseOf(holder, lapseMs)));
    return new Map([...lapses.keys()].map((holder, index) => [holder, leases[index]!.id]));
  }

  /** The cluster knows nothing of these leases any more. */
  forget(holders: Iterable<string>): void {
    for (const holder of holders) this.byHolder.delete(holder);
  }

  private async leaseOf(holder: string, lapseMs: number): Promise<Lease> {
    const ttlMs = Math.max(1, Math.ceil(lapseMs / 1000)) * 1000;
    const known = this.byHolder.get(holder);
    if (known?.ttlMs === ttlMs) {
      known.usedMs = this.clock.monotonic();
      // Beside the write, and nobody waits for it: where it fails, the lease ends, and the next write gets another.
      void this.keepAlive(holder, known);
      return known;
    }
    const { ID: id } = await this.gateway.write<GrantAnswer>("lease/grant", { TTL: ttlMs / 1000 });
    const lease: Lease = { id, ttlMs, usedMs: this.clock.monotonic() };
    this.byHolder.set(holder, lease);
    return lease;
  }

  private async keepAlive(holder: string, lease: Lease): Promise<void> {
    try {
      const { result } = await this.gateway.read<KeepAliveAnswer>("lease/keepalive", { ID: lease.id });
      const isGone = result?.TTL === undefined || Number(result.TTL) <= 0;
      if (isGone && this.byHolder.get(holder) === lease) this.byHolder.delete(holder);
    } catch {
      // The next write keeps it alive again; a lease that ends meanwhile costs the claim, never an ID twice.
    }
  }

  /** Holders that have not written for so long that their leases are over: they gave their registers back, or lost them. */
  private dropEnded(): void {
    const nowMs = this.clock.monotonic();
    for (const [holder, { usedMs, ttlMs }] of this.byHolder) {
      if (nowMs - usedMs >= ttlMs) this.byHolder.delete(holder);
    }
  }
}
