import type { Layout } from "../layout.js";

/** The numbers of a layout as they stand in SQL. */
export interface SqlSections {
  readonly largestId: bigint;
  /** Bits below the tick. */
  readonly tickShift: number;
  /** IDs of one tick on all machine IDs: the distance from one tick's first ID to the next one's. */
  readonly tickSize: bigint;
  readonly datacenterShift: number;
  readonly datacenterMask: number;
  readonly machineShift: number;
  readonly machineMask: number;
  readonly sequenceMask: number;
  /** In parentheses where it is negative: two minus signs in a row begin a comment. */
  readonly epochMs: string;
  readonly epochMicros: string;
  readonly tickMicros: bigint;
}

export function sqlSections(layout: Layout): SqlSections {
  const { datacenterBits, machineBits, sequenceBits, totalBits, epochMs, tickMs } = layout;
  const tickShift = datacenterBits + machineBits + sequenceBits;
  return {
    largestId: 2n ** BigInt(totalBits) - 1n,
    tickShift,
    tickSize: 2n ** BigInt(tickShift),
    datacenterShift: machineBits + sequenceBits,
    datacenterMask: layout.datacenters - 1,
    machineShift: sequenceBits,
    machineMask: layout.machinesPerDatacenter - 1,
    sequenceMask: layout.idsPerTick - 1,
    epochMs: signed(BigInt(epochMs)),
    epochMicros: signed(BigInt(epochMs) * 1000n),
    tickMicros: BigInt(tickMs) * 1000n,
  };
}

/** The comment that a script begins with. */
export function headOf(layout: Layout): string {
  const { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs, epochMs } = layout;
  return [
    `-- IDs of the Shardflake layout ${timestampBits}/${datacenterBits}/${machineBits}/${sequenceBits} (bits of timestamp,`,
    `-- datacenter ID, machine ID and sequence), tick ${tickMs} ms, epoch ${epochMs} (Unix ms).`,
    "-- A number that is no ID of this layout has the time, machine ID and sequence null.",
    "",
  ].join("\n");
}

function signed(value: bigint): string {
  return value < 0n ? `(${value})` : `${value}`;
}
