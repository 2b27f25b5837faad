import { type Layout, tickStartMs } from "@shardflake/core";
import type { Lease } from "../keeper/lease.js";
import type { MachineId } from "../register/register.js";
import { readSlot } from "../slot/slot.js";

/** Counters of a pool, as its threads last published them. */
export interface PoolStats {
  readonly shards: readonly ShardStats[];
  /** Of the machine IDs that `take` issues with; no lanes before its first call. */
  readonly here: ShardStats;
}

/** What the lanes of one shard have done. */
export interface ShardStats {
  readonly lanes: readonly LaneStats[];
}

export interface LaneStats extends MachineId {
  readonly generation: number;
  /** Whether it may still be issued with; a lease that was lost or given back never may again. */
  readonly isOpen: boolean;
  /** IDs reserved. */
  readonly issued: number;
  /** Times a caller had to wait for a tick or a window. */
  readonly waits: number;
  /** Steps back that the shard's clock absorbed. */
  readonly stepsSeen: number;
  /** Unix milliseconds at which the window ends. */
  readonly windowEndMs: number;
}

export function statsOf(layout: Layout, leases: readonly Lease[]): ShardStats {
  const lanes = leases.map(({ datacenterId, machineId, generation, slot }) => {
    const { open, issued, waits, stepsSeen, limit } = readSlot(slot);
    return {
      isOpen: open,
      datacenterId,
      machineId,
      generation,
      issued,
      waits,
      stepsSeen,
      windowEndMs: tickStartMs(layout, limit + 1),
    };
  });
  return { lanes };
}
