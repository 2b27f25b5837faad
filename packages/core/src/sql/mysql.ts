import type { Layout } from "../layout.js";
import { headOf, sqlSections } from "./sections.js";

/**
 * Functions of one expression each, so that no delimiter has to be changed. Times are DATETIME in UTC: a TIMESTAMP would
 * end in 2038 and mean another time in every session. Division instead of shifts, whose results are unsigned there.
 */
export function mysqlScript(layout: Layout, prefix: string): string {
  const { largestId, tickSize, epochMs, epochMicros, tickMicros, ...sections } = sqlSections(layout);
  const { datacenterShift, datacenterMask, machineShift, machineMask, sequenceMask } = sections;
  const ofId = (name: string, type: string, expression: string): string =>
    functionText(
      `${prefix}${name}`,
      "id bigint",
      type,
      `case when id between 0 and ${largestId} then ${expression} end`,
    );
  const start = "timestamp'1970-01-01 00:00:00'";
  const micros = `timestampdiff(microsecond, ${start}, moment)`;
  const tick = `(greatest(${micros} - ${epochMicros}, 0) + ${tickMicros - 1n}) div ${tickMicros}`;
  return [
    headOf(layout),
    ofId(
      "time",
      "datetime(3)",
      `${start} + interval ((id div ${tickSize}) * ${layout.tickMs} + ${epochMs}) * 1000 microsecond`,
    ),
    ofId("datacenter", "int", `(id >> ${datacenterShift}) & ${datacenterMask}`),
    ofId("machine", "int", `(id >> ${machineShift}) & ${machineMask}`),
    ofId("sequence", "bigint", `id & ${sequenceMask}`),
    "-- The first ID whose tick starts at or after the moment, which is UTC. The IDs of a period:",
    `--   where id >= ${prefix}first_id('2026-01-01') and id < ${prefix}first_id('2026-02-01')`,
    functionText(
      `${prefix}first_id`,
      "moment datetime(6)",
      "bigint",
      `greatest(least(${tick}, ${layout.maxTick + 1}), 1) * ${tickSize}`,
    ),
  ].join("\n");
}

function functionText(name: string, parameter: string, type: string, expression: string): string {
  return [
    `drop function if exists ${name};`,
    `create function ${name}(${parameter}) returns ${type} deterministic no sql`,
    `  return ${expression};`,
    "",
  ].join("\n");
}
