import type { AuditReport, MachineCount } from "@shardflake/simulator/audit";

/** Most machine IDs that are listed; a layout may have millions. */
const MOST_MACHINES = 32;

/** The findings for people. */
export function verifyTable(report: AuditReport): string {
  const rows: [string, string][] = [
    ["IDs", number(report.count)],
    ["duplicates", number(report.duplicates)],
    ["out of order", number(report.outOfOrder)],
    ["largest inversion", `${number(report.largestInversionMs)} ms`],
    ["sign bit set", number(report.signBitSet)],
    ["overfull ticks", number(report.overfullTicks)],
    ["first", report.first?.toString() ?? "-"],
    ["last", report.last?.toString() ?? "-"],
    ["machine IDs", number(report.machineIds)],
    ...report.machines.slice(0, MOST_MACHINES).map(machineRow),
  ];
  if (report.machines.length > MOST_MACHINES) {
    rows.push(["  …", `${number(report.machines.length - MOST_MACHINES)} more`]);
  }
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join("");
}

function machineRow({ datacenterId, machineId, count }: MachineCount): [string, string] {
  return [`  ${datacenterId}/${machineId}`, number(count)];
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
