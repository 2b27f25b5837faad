import { availableParallelism } from "node:os";
import type { StoredRegister } from "../register/register.js";
import type { PoolSettings } from "./pool-options.js";

/** One shard a core, as far as free machine IDs go; at least one, which then waits for its turn. */
export function defaultShards({ layout, among, lanes }: PoolSettings, registers: readonly StoredRegister[]): number {
  const isAllowed = (register: StoredRegister): boolean =>
    among === null ||
    among.some((id) => id.datacenterId === register.datacenterId && id.machineId === register.machineId);
  const taken = registers.filter(
    (stored) => isAllowed(stored) && (stored.claimed || stored.register.purpose === "backfill"),
  ).length;
  const free = (among?.length ?? layout.machines) - taken;
  return Math.max(1, Math.min(availableParallelism(), Math.floor(free / lanes)));
}
