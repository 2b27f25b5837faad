import Table from "cli-table3";
import type { DecodedId } from "./decoded-id.js";

/** Decoded IDs for people. */
export function decodeTable(decoded: readonly DecodedId[]): string {
  const table = new Table({
    head: ["id", "time", "timestampMs", "datacenterId", "machineId", "sequence"],
    colAligns: ["right", "left", "right", "right", "right", "right"],
    // Colour would only get in the way of whoever greps the table.
    style: { head: [], border: [], compact: true },
  });
  for (const id of decoded) {
    table.push([id.id, id.time, id.timestampMs, id.datacenterId, id.machineId, id.sequence].map(String));
  }
  return `${table}\n`;
}
