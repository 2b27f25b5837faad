import { writeAscending } from "./ascending/ascending.js";
import { describeValue, LayoutError } from "./errors.js";
import type { Layout } from "./layout.js";
import type { Run } from "./run.js";

/** The first ID of a tick (sequence 0) as two Uint32 halves. */
export interface IdHalves {
  readonly high: number;
  readonly low: number;
}

/** Composes the IDs of one machine ID without a BigInt per ID. */
export interface IdWriter {
  /**
   * The halves of the ID (tick, sequence 0). Exact in Number arithmetic: tick and machine ID are products of at most
   * 53 significant bits with a power of two, and no section reaches into another, so nothing carries.
   */
  base(tick: number): IdHalves;
  /** Writes a run as native 64-bit integers into `halves` (a Uint32Array over the IDs), starting at ID number `offset`. */
  write(halves: Uint32Array, offset: number, run: Run): void;
}

/**
 * @throws LayoutError `SECTION_OUT_OF_RANGE` when the datacenter ID or machine ID does not fit its section
 */
export function idWriter(layout: Layout, datacenterId: number, machineId: number): IdWriter {
  checkSection("datacenterId", datacenterId, layout.datacenters);
  checkSection("machineId", machineId, layout.machinesPerDatacenter);
  const tickUnit = 2 ** (layout.totalBits - layout.timestampBits);
  const machinePart = (datacenterId * layout.machinesPerDatacenter + machineId) * layout.idsPerTick;
  const base = (tick: number): IdHalves => {
    // Both addends are multiples of idsPerTick whose bits are disjoint; splitting each keeps every step exact.
    const tickPart = tick * tickUnit;
    const tickHigh = Math.floor(tickPart / 2 ** 32);
    const machineHigh = Math.floor(machinePart / 2 ** 32);
    return {
      high: tickHigh + machineHigh,
      low: tickPart - tickHigh * 2 ** 32 + (machinePart - machineHigh * 2 ** 32),
    };
  };
  const write = (halves: Uint32Array, offset: number, run: Run): void => {
    const { high, low } = base(run.tick);
    writeAscending(halves, offset * 2, (offset + run.count) * 2, high | 0, (low + run.sequence) | 0);
  };
  return { base, write };
}

function checkSection(name: string, value: unknown, size: number): void {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value >= size) {
    throw new LayoutError(
      "SECTION_OUT_OF_RANGE",
      `Expected \`${name}\` to be an integer from 0 to ${size - 1} in this layout, got ${describeValue(value)}.`,
    );
  }
}
