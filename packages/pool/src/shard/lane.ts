import type { SequenceStart } from "@shardflake/core";
import {
  createGenerator,
  type Generator,
  type IdWriter,
  idWriter,
  type Layout,
  type SteadyClock,
} from "@shardflake/core";
import type { Lease } from "../keeper/lease.js";
import { ShownStats } from "../slot/slot.js";
import { openShardWindow } from "../slot/slot-window.js";

/** One machine ID of a shard: a generator of its own with its own register, window and slot. */
export interface Lane {
  readonly lease: Lease;
  readonly generator: Generator;
  readonly writer: IdWriter;
  /** Order of machine IDs inside one tick. */
  readonly machineKey: number;
  /** Shows the generator's counters in the slot. */
  showStats(): void;
}

/** What every lane of a shard has in common. */
export interface LaneOptions {
  readonly layout: Layout;
  readonly clock: SteadyClock;
  readonly sequenceStart: SequenceStart;
  readonly maxWaitMs: number;
}

/** @throws ShardflakeError `TICKET_USED` when the lease was opened before */
export function openLane(lease: Lease, { layout, clock, sequenceStart, maxWaitMs }: LaneOptions): Lane {
  const { datacenterId, machineId } = lease;
  const window = openShardWindow(lease);
  const generator = createGenerator({ layout, datacenterId, machineId, clock, window, sequenceStart, maxWaitMs });
  const shown = new ShownStats(lease.slot);
  return {
    lease,
    generator,
    writer: idWriter(layout, datacenterId, machineId),
    machineKey: datacenterId * layout.machinesPerDatacenter + machineId,
    showStats() {
      const { issued, waits } = generator.stats();
      shown.show(issued, waits, clock.steps);
    },
  };
}
