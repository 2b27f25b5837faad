import { decompose, type Layout } from "@shardflake/core";
import type { AuditReport } from "../../src/audit/index.js";

/** The same findings as the auditor's, the slow and obvious way. */
export function auditNaively(layout: Layout, ids: readonly bigint[]): AuditReport {
  const seen = new Set<bigint>();
  const perTick = new Map<string, number>();
  const perMachine = new Map<number, { datacenterId: number; machineId: number; count: number }>();
  let [duplicates, outOfOrder, signBitSet, largestInversionMs] = [0, 0, 0, 0];
  let latestMs = Number.NEGATIVE_INFINITY;
  for (const [index, id] of ids.entries()) {
    if (seen.has(id)) duplicates++;
    seen.add(id);
    if (index > 0 && id < (ids[index - 1] as bigint)) outOfOrder++;
    const isNegative = id >> 63n === 1n;
    if (isNegative) signBitSet++;
    const { tick, datacenterId, machineId, timestampMs } = decompose(layout, BigInt.asUintN(63, id));
    latestMs = Math.max(latestMs, timestampMs);
    largestInversionMs = Math.max(largestInversionMs, latestMs - timestampMs);
    const key = datacenterId * layout.machinesPerDatacenter + machineId;
    const tickKey = `${isNegative}/${tick}/${key}`;
    perTick.set(tickKey, (perTick.get(tickKey) ?? 0) + 1);
    const machine = perMachine.get(key) ?? { datacenterId, machineId, count: 0 };
    machine.count++;
    perMachine.set(key, machine);
  }
  return {
    count: ids.length,
    duplicates,
    outOfOrder,
    largestInversionMs,
    signBitSet,
    overfullTicks: [...perTick.values()].filter((count) => count > layout.idsPerTick).length,
    machineIds: perMachine.size,
    first: ids[0] ?? null,
    last: ids.at(-1) ?? null,
    machines: [...perMachine].sort(([a], [b]) => a - b).map(([, machine]) => machine),
  };
}
