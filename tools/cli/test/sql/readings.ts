import { bounds, decompose, defineLayout, type Layout, presets } from "@shardflake/core";

/** Layouts that differ in what SQL could get wrong: 63 bits and fewer, epochs before 1970, long ticks, empty sections. */
export const LAYOUTS: readonly Layout[] = [
  presets.shardflake,
  presets.twitter,
  presets["js-safe"],
  presets.mastodon,
  defineLayout({
    timestampBits: 39,
    datacenterBits: 0,
    machineBits: 16,
    sequenceBits: 8,
    tickMs: 10,
    epoch: "1960-06-01",
  }),
  defineLayout({ timestampBits: 31, datacenterBits: 0, machineBits: 0, sequenceBits: 32, tickMs: 1000 }),
];

/** What a database should say of one ID; all null where it is none. */
export interface Reading {
  readonly id: bigint;
  readonly timeMs: number | null;
  readonly datacenter: number | null;
  readonly machine: number | null;
  readonly sequence: number | null;
}

/** Years a database can write down. */
const LATEST_MS = Date.UTC(9000, 0);

/** The ends of the layout, some IDs in between, and numbers that are none. */
export function readingsOf(layout: Layout): Reading[] {
  const largest = 2n ** BigInt(layout.totalBits) - 1n;
  const some = Array.from({ length: 40 }, (_, i) => ((largest * BigInt(i + 1)) / 41n) ^ BigInt(i * 0x9e37));
  const ids = [0n, 1n, largest, ...some.filter((id) => decompose(layout, id).timestampMs < LATEST_MS)];
  const none = [-1n, -(2n ** 63n), ...(largest < 2n ** 63n - 1n ? [largest + 1n, 2n ** 63n - 1n] : [])];
  return [
    ...ids
      .filter((id) => decompose(layout, id).timestampMs < LATEST_MS)
      .map((id) => {
        const { timestampMs, datacenterId, machineId, sequence } = decompose(layout, id);
        return { id, timeMs: timestampMs, datacenter: datacenterId, machine: machineId, sequence };
      }),
    ...none.map((id) => ({ id, timeMs: null, datacenter: null, machine: null, sequence: null })),
  ];
}

/** A time, and the first ID whose tick starts at or after it. */
export interface FirstId {
  readonly timeMs: number;
  readonly id: bigint;
}

export function firstIdsOf(layout: Layout): FirstId[] {
  const { epochMs, tickMs, maxTick } = layout;
  const lastMs = Math.min(epochMs + maxTick * tickMs, LATEST_MS);
  const times = [epochMs - 5, epochMs, epochMs + 1, epochMs + tickMs, epochMs + tickMs + 1, lastMs - 1, lastMs];
  for (let i = 1; i < 20; i++) times.push(epochMs + Math.floor(((lastMs - epochMs) * i) / 20));
  const found = times.map((timeMs) => ({ timeMs, id: bounds(layout, timeMs, layout.lifetimeEndMs).min }));
  const end = 2n ** BigInt(layout.totalBits);
  return end < 2n ** 63n && layout.lifetimeEndMs < LATEST_MS
    ? [...found, { timeMs: lastMs + 1, id: end }, { timeMs: layout.lifetimeEndMs * 2, id: end }]
    : found;
}
