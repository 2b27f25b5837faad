import { type Layout, tickStartMs } from "@shardflake/core";
import type { StoredRegister } from "@shardflake/pool";
import Table from "cli-table3";

/** A register for people and scripts: ticks also as times, and its age. */
export interface RegisterDocument {
  readonly datacenterId: number;
  readonly machineId: number;
  readonly holder: string | null;
  /** Whether the holder's claim still stands. */
  readonly claimed: boolean;
  readonly generation: number;
  readonly floor: number;
  readonly limit: number;
  /** ISO 8601: the end of the last tick that is spent or may be. */
  readonly limitTime: string | null;
  readonly purpose: string;
  /** Milliseconds since the last write; null when there was none. */
  readonly ageMs: number | null;
}

export function registerDocument(
  { datacenterId, machineId, register, claimed }: StoredRegister,
  layout: Layout,
  nowMs: number,
): RegisterDocument {
  const { holder, generation, floor, limit, purpose, writtenMs } = register;
  const limitTime = limit > 0 ? new Date(tickStartMs(layout, limit + 1)).toISOString() : null;
  return {
    datacenterId,
    machineId,
    holder,
    claimed,
    generation,
    floor,
    limit,
    limitTime,
    purpose,
    ageMs: purpose === "untouched" ? null : nowMs - writtenMs,
  };
}

export function registerTable(documents: readonly RegisterDocument[]): string {
  if (documents.length === 0) return "No machine ID was used yet.\n";
  const table = new Table({
    head: ["machine", "purpose", "generation", "holder", "floor", "limit", "spent up to", "age"],
    style: { head: [], border: [] },
  });
  for (const document of documents) {
    const { datacenterId, machineId, purpose, generation, holder, claimed, floor, limit, limitTime, ageMs } = document;
    const shownHolder = holder === null ? "free" : `${holder.slice(0, 8)}${claimed ? "" : " (lapsed)"}`;
    const age = ageMs === null ? "-" : `${Math.max(0, Math.round(ageMs / 1000))} s`;
    table.push([`${datacenterId}/${machineId}`, purpose, generation, shownHolder, floor, limit, limitTime ?? "-", age]);
  }
  return `${table.toString()}\n`;
}
