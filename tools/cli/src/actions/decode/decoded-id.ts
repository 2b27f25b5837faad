import { decompose, type Layout, ParseError } from "@shardflake/core";

/** One decoded ID, as `--json` prints it. */
export interface DecodedId {
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
  readonly timestampMs: number;
  readonly datacenterId: number;
  readonly machineId: number;
  readonly sequence: number;
}

/** @throws ParseError `ID_OUT_OF_RANGE` when it is no ID of the layout, or its time has no date */
export function decodeId(layout: Layout, id: bigint): DecodedId {
  const sections = decompose(layout, id);
  const date = new Date(sections.timestampMs);
  if (Number.isNaN(date.getTime())) {
    throw new ParseError("ID_OUT_OF_RANGE", `Expected an ID whose time has a date, got ${id}. Check the layout.`);
  }
  const { timestampMs, datacenterId, machineId, sequence } = sections;
  return { id: `${id}`, time: date.toISOString(), timestampMs, datacenterId, machineId, sequence };
}
