import { type LeaseLost, leaseLost } from "../diagnostics/events.js";
import type { Lease } from "../keeper/lease.js";
import { startThreadKeeper } from "../keeper/thread-keeper.js";
import { defaultShards } from "./default-shards.js";
import { liveRequest } from "./live-request.js";
import type { Pool } from "./pool.js";
import { checkIsCurrent, type PoolSettings } from "./pool-options.js";
import { ShardPool } from "./shard-pool.js";

/** @throws as `createPool` */
export async function startPool(settings: PoolSettings): Promise<Pool> {
  const { store, layout, namespace, windowMs, maxLeadMs, clock, onWarning } = settings;
  await checkIsCurrent(settings);
  const onLost = (leases: readonly Lease[]): void => tellLost(namespace, leases);
  const keeper = await startThreadKeeper({ store, layout, namespace, windowMs, maxLeadMs, clock, onLost, onWarning });
  // A pool nobody waits for any more gives up waiting for machine IDs, too.
  const abort = (): void => void keeper.close().catch(() => {});
  settings.signal?.addEventListener("abort", abort, { once: true });
  try {
    settings.signal?.throwIfAborted();
    const shards = settings.shards ?? defaultShards(settings, await keeper.inspect());
    const leases = await keeper.acquire(liveRequest(settings, shards * settings.lanes));
    const pool = new ShardPool(settings, shards, keeper, leases);
    await pool.ready().catch(async (error: unknown) => {
      await pool.close();
      throw error;
    });
    return pool;
  } catch (error) {
    await keeper.close();
    throw settings.signal?.aborted ? settings.signal.reason : error;
  } finally {
    settings.signal?.removeEventListener("abort", abort);
  }
}

function tellLost(namespace: string, leases: readonly Lease[]): void {
  for (const { datacenterId, machineId, generation } of leases) {
    leaseLost.publish({ namespace, datacenterId, machineId, generation } satisfies LeaseLost);
  }
}
