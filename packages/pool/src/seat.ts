import { type ShardReplaced, shardReplaced } from "./diagnostics/events.js";
import { acquireUntil } from "./keeper/acquire-until.js";
import type { Keeper } from "./keeper/keeper.js";
import type { AcquireRequest, Lease } from "./keeper/lease.js";
import type { MachineId } from "./register/register.js";
import type { ShardBirth } from "./shard/messages.js";
import { type ShardThread, startShardThread } from "./shard/shard-thread-client.js";

/** A shard's place in the pool: it keeps its number while threads and machine IDs may be replaced. */
export interface Seat {
  readonly number: number;
  readonly thread: ShardThread;
  readonly leases: readonly Lease[];
  /**
   * Puts a new thread with new machine IDs in the place of `failed`, once; whoever asks again meanwhile gets the same.
   * Waits for the old thread's exit before its machine IDs are given back.
   * @throws LeaseUnavailableError when no machine IDs can be had; `closing`'s reason
   */
  replace(failed: ShardThread): Promise<void>;
  /** Call it when `closing` was aborted. */
  close(): Promise<void>;
}

export interface SeatOptions {
  readonly namespace: string;
  readonly keeper: Keeper;
  readonly request: AcquireRequest;
  readonly birth: Omit<ShardBirth, "leases" | "shard">;
  /** Aborted when the pool closes: no successor is waited for any more. */
  readonly closing: AbortSignal;
}

export function createSeat(number: number, firstLeases: readonly Lease[], options: SeatOptions): Seat {
  const { namespace, keeper, request, birth, closing } = options;
  let leases = firstLeases;
  let thread = startShardThread({ ...birth, shard: number, leases });
  let replacing: Promise<void> | undefined;

  const startAnew = async (): Promise<void> => {
    await thread.close();
    await keeper.release(leases);
    const before = leases.map(machineIdOf);
    leases = await acquireUntil(closing, keeper, request);
    thread = startShardThread({ ...birth, shard: number, leases });
    const after = leases.map(machineIdOf);
    shardReplaced.publish({ namespace, shard: number, before, after } satisfies ShardReplaced);
  };

  return {
    number,
    get thread() {
      return thread;
    },
    get leases() {
      return leases;
    },
    async replace(failed) {
      if (failed !== thread && replacing === undefined) return;
      replacing ??= startAnew().finally(() => {
        replacing = undefined;
      });
      await replacing;
    },
    async close() {
      await replacing?.catch(() => {});
      await thread.close();
    },
  };
}

function machineIdOf({ datacenterId, machineId }: Lease): MachineId {
  return { datacenterId, machineId };
}
