import { describeValue, type Layout, ShardflakeError } from "@shardflake/core";
import type { MachineId } from "./register.js";

/** How a machine ID is written in messages, keys and on the command line: "datacenter/machine". */
export function machineKey(id: MachineId): string {
  return `${id.datacenterId}/${id.machineId}`;
}

/** The order of machine IDs. */
export function byMachineId(a: MachineId, b: MachineId): number {
  return a.datacenterId - b.datacenterId || a.machineId - b.machineId;
}

/** Position of a machine ID in its layout: datacenters in order, machines in order within each. */
export function machineNumber(layout: Layout, id: MachineId): number {
  return id.datacenterId * layout.machinesPerDatacenter + id.machineId;
}

/** The machine ID at a position of its layout. */
export function machineAt(layout: Layout, number: number): MachineId {
  const machineId = number % layout.machinesPerDatacenter;
  return { datacenterId: (number - machineId) / layout.machinesPerDatacenter, machineId };
}

/**
 * Returns its argument, so that it can stand in an expression.
 * @throws ShardflakeError `MACHINE_ID_INVALID` when the layout has no such machine ID
 */
export function checkMachineId(layout: Layout, id: MachineId): MachineId {
  if (!isBelow(id?.datacenterId, layout.datacenters) || !isBelow(id?.machineId, layout.machinesPerDatacenter)) {
    throw new ShardflakeError(
      "MACHINE_ID_INVALID",
      `Expected a datacenter ID below ${layout.datacenters} and a machine ID below ${layout.machinesPerDatacenter}, ` +
        `got ${describeValue(id?.datacenterId)}/${describeValue(id?.machineId)}.`,
    );
  }
  return id;
}

/**
 * The same for the key of a register in a store, where the number after the last machine ID stands for the namespace.
 * @throws ShardflakeError `MACHINE_ID_INVALID`
 */
export function checkRegisterId(layout: Layout, id: MachineId): MachineId {
  return id.datacenterId === layout.datacenters && id.machineId === 0 ? id : checkMachineId(layout, id);
}

function isBelow(value: unknown, size: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < size;
}
