import type { Layout } from "@shardflake/core";
import type { MachineId } from "@shardflake/pool/protocol";
import { mixed, unitOf } from "../chance/hash.js";
import type { Scenario } from "../scenario/scenario.js";

const SALT = 0xa551;

/** How machine IDs are dealt out, and what the store knows of the processes that hold them. */
export interface Assignment {
  /** The machine IDs that a shard may take; `null` for all. */
  readonly among: (shard: number) => readonly MachineId[] | null;
  /** "known": a claim of a process that has ended is free at once, as in a store on the same host; "unknown": it must lapse. */
  readonly ended: "known" | "unknown";
}

/**
 * Which kind of deployment the scenario is played in follows from its seed: one host with a store of its own, the same
 * with machine IDs dealt out by hand, or many hosts with a shared store.
 */
export function assignmentOf(scenario: Scenario, layout: Layout): Assignment {
  const draw = unitOf(mixed(scenario.seed, SALT));
  if (draw < 1 / 3) return { among: () => null, ended: "unknown" };
  if (draw < 2 / 3 || scenario.shards > layout.machines) return { among: () => null, ended: "known" };
  const own = (shard: number): MachineId => ({
    datacenterId: Math.floor(shard / layout.machinesPerDatacenter),
    machineId: shard % layout.machinesPerDatacenter,
  });
  return { among: (shard) => [own(shard)], ended: "known" };
}
