import type { Layout } from "@shardflake/core";

/** The machine ID of a shard: shard 0 has the first of the first datacenter, and so on. */
export function seatOf(layout: Layout, shard: number): { readonly datacenterId: number; readonly machineId: number } {
  return {
    datacenterId: Math.floor(shard / layout.machinesPerDatacenter),
    machineId: shard % layout.machinesPerDatacenter,
  };
}
