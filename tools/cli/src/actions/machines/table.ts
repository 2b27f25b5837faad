import { type Layout, tickStartMs } from "@shardflake/core";
import type { StoredRegister } from "@shardflake/pool";
import Table from "cli-table3";

/**
 * `held`: a claim stands. `stalled`: a claim stands, but its window is over: the holder issues nothing, for instance
 * because its host's clock is wrong. `lapsed`: the holder is gone. `ahead`: free, but spent so far into the future that it
 * is passed over. `free`: may be taken.
 */
export type RegisterState = "held" | "stalled" | "lapsed" | "ahead" | "free";

/** A register for people and scripts: ticks also as times, and its age. */
export interface RegisterDocument {
  readonly datacenterId: number;
  readonly machineId: number;
  readonly holder: string | null;
  /** Whether the holder's claim still stands. */
  readonly claimed: boolean;
  readonly state: RegisterState;
  readonly generation: number;
  readonly floor: number;
  readonly limit: number;
  /** ISO 8601: the end of the last tick that is spent or may be. */
  readonly limitTime: string | null;
  /** By how many milliseconds that is ahead of the store's clock; negative where it is past. */
  readonly aheadMs: number | null;
  readonly purpose: string;
  /** Milliseconds since the last write; null when there was none. */
  readonly ageMs: number | null;
}

/** @param nowMs the store's clock */
export function registerDocument(stored: StoredRegister, layout: Layout, nowMs: number): RegisterDocument {
  const { datacenterId, machineId, register, claimed } = stored;
  const { holder, generation, floor, limit, purpose, writtenMs } = register;
  const endMs = limit > 0 ? tickStartMs(layout, limit + 1) : null;
  const aheadMs = endMs === null ? null : Math.round(endMs - nowMs);
  return {
    datacenterId,
    machineId,
    holder,
    claimed,
    state: stateOf(stored, aheadMs ?? 0),
    generation,
    floor,
    limit,
    limitTime: endMs === null ? null : new Date(endMs).toISOString(),
    aheadMs,
    purpose,
    ageMs: purpose === "untouched" ? null : nowMs - writtenMs,
  };
}

export function registerTable(documents: readonly RegisterDocument[]): string {
  if (documents.length === 0) return "No machine ID was used yet.\n";
  const table = new Table({
    head: ["machine", "purpose", "state", "generation", "holder", "floor", "limit", "spent up to", "age"],
    style: { head: [], border: [] },
  });
  for (const document of documents) {
    const { datacenterId, machineId, purpose, state, generation, holder, floor, limit, limitTime, ageMs } = document;
    const machine = `${datacenterId}/${machineId}`;
    const age = ageMs === null ? "-" : `${Math.max(0, Math.round(ageMs / 1000))} s`;
    const shownHolder = holder?.slice(0, 8) ?? "-";
    table.push([machine, purpose, state, generation, shownHolder, floor, limit, limitTime ?? "-", age]);
  }
  return `${table.toString()}\n`;
}

function stateOf({ register, claimed }: StoredRegister, aheadMs: number): RegisterState {
  const { holder, purpose, lapseMs } = register;
  if (claimed) return purpose === "live" && aheadMs < 0 ? "stalled" : "held";
  if (purpose === "live" && aheadMs > lapseMs) return "ahead";
  return holder === null ? "free" : "lapsed";
}
