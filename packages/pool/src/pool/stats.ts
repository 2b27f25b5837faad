import { type Layout, tickStartMs } from "@shardflake/core";
import type { MachineId } from "../register/register.js";
import { readSlot } from "../slot/slot.js";
import type { Seat } from "./seat.js";

/** Counters of a pool, as its threads last published them. */
export interface PoolStats {
  readonly shards: readonly ShardStats[];
}

export interface ShardStats {
  readonly lanes: readonly LaneStats[];
}

export interface LaneStats extends MachineId {
  readonly generation: number;
  /** IDs reserved. */
  readonly issued: number;
  /** Times a caller had to wait for a tick or a window. */
  readonly waits: number;
  /** Steps back that the shard's clock absorbed. */
  readonly stepsSeen: number;
  /** Unix milliseconds at which the window ends. */
  readonly windowEndMs: number;
}

export function seatStats(layout: Layout, { leases }: Seat): ShardStats {
  const lanes = leases.map(({ datacenterId, machineId, generation, slot }) => {
    const { issued, waits, stepsSeen, limit } = readSlot(slot);
    return {
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
