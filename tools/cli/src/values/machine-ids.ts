import type { Layout } from "@shardflake/core";
import { valueError } from "../input-error.js";

/**
 * Reads machine IDs: `0-31` or `3,5` or both mixed. Returns them ascending, each once.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseMachineIds(text: string, layout: Layout, name: string): number[] {
  const most = layout.machinesPerDatacenter - 1;
  const ids = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!(first <= last && last <= most)) {
      throw valueError(name, `machine IDs from 0 to ${most}, such as 0-31 or 3,5`, text);
    }
    for (let id = first; id <= last; id++) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}

/** Reads `D/M`. @throws InputError `OPTION_INVALID` */
export function parseMachineId(text: string, layout: Layout): { datacenterId: number; machineId: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const datacenterId = Number(match?.[1]);
  const machineId = Number(match?.[2]);
  if (!(datacenterId < layout.datacenters && machineId < layout.machinesPerDatacenter)) {
    throw valueError(
      "the machine ID",
      `datacenter/machine, from 0/0 to ${layout.datacenters - 1}/${layout.machinesPerDatacenter - 1}`,
      text,
    );
  }
  return { datacenterId, machineId };
}
