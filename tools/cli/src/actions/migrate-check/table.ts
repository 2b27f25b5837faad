import { type DecomposedId, durationText, type IdBounds, type Layout } from "@shardflake/core";
import { lengthsText } from "../plan/capacity-table.js";
import type { MigrationFindings } from "./findings.js";

/** The findings for people. */
export function migrationTable({ from, to, period, migration, skewMs, switches }: MigrationFindings): string {
  const rows: (readonly [string, string])[] = [
    ["from", layoutText(from)],
    ["to", layoutText(to)],
    [
      "switch",
      period.kind === "switch"
        ? `${timeText(period.atMs)}, clocks at most ${durationText(period.skewMs)} wrong`
        : "none: all that either can ever make",
    ],
    ["IDs from", rangeText(migration.from)],
    ["IDs to", rangeText(migration.to)],
  ];
  if (migration.kind === "ordered") {
    const between = migration.to.min - migration.from.max - 1n;
    rows.push(["ordered", `every new ID is greater than every old one; ${between} numbers lie between them`]);
  } else if (migration.kind === "reversed") {
    rows.push(["reversed", "no ID belongs to both, but every new ID is smaller than every old one"]);
  } else {
    rows.push(["collision", `${migration.id} belongs to both`]);
    rows.push(["  from", sectionsText(migration.asFrom)], ["  to", sectionsText(migration.asTo)]);
  }
  if (migration.kind !== "ordered") rows.push(["switches", switchesText(switches, skewMs)]);
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, text]) => `${name.padEnd(width)}${text}\n`).join("");
}

function layoutText(layout: Layout): string {
  return `${lengthsText(layout)}, tick ${durationText(layout.tickMs)}, from ${timeText(layout.epochMs)}`;
}

/** To the millisecond, which the day of a table is not. */
function timeText(timeMs: number): string {
  const time = new Date(timeMs);
  return Number.isNaN(time.getTime()) ? `Unix millisecond ${timeMs}` : time.toISOString();
}

function rangeText({ min, max }: IdBounds): string {
  return `${min} to ${max}`;
}

function sectionsText({ timestampMs, datacenterId, machineId, sequence }: DecomposedId): string {
  return `${timeText(timestampMs)}, datacenter ${datacenterId}, machine ${machineId}, sequence ${sequence}`;
}

function switchesText(switches: MigrationFindings["switches"], skewMs: number): string {
  if (switches === undefined) return `none is ordered, with clocks at most ${durationText(skewMs)} wrong`;
  const span = `${timeText(switches.earliestMs)} up to ${timeText(switches.latestMs)}`;
  return `every one from ${span} is ordered, with clocks at most ${durationText(skewMs)} wrong`;
}
