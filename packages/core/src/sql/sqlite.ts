import type { Layout } from "../layout.js";
import { headOf, sqlSections } from "./sections.js";

/**
 * SQLite keeps no functions in a database, and those of a connection would be missing in every other one. What every
 * connection sees is a view; a range, which depends on a time that only the query knows, is an expression to be copied.
 */
export function sqliteScript(layout: Layout, table: string, column: string): string {
  const { largestId, tickShift, epochMs, ...sections } = sqlSections(layout);
  const { datacenterShift, datacenterMask, machineShift, machineMask, sequenceMask } = sections;
  const id = `"${column}"`;
  const timeMs = `(${id} >> ${tickShift}) * ${layout.tickMs} + ${epochMs}`;
  // A column may hold anything, and text would be compared as text.
  const ofId = (name: string, expression: string): string =>
    `  case when typeof(${id}) = 'integer' and ${id} between 0 and ${largestId} then ${expression} end as ${name}`;
  return [
    headOf(layout),
    `create view "${table}_ids" as select`,
    [
      `  ${id} as id`,
      ofId("time", `strftime('%Y-%m-%dT%H:%M:%fZ', (${timeMs}) / 1000.0, 'unixepoch')`),
      ofId("time_ms", timeMs),
      ofId("datacenter", `(${id} >> ${datacenterShift}) & ${datacenterMask}`),
      ofId("machine", `(${id} >> ${machineShift}) & ${machineMask}`),
      ofId("sequence", `${id} & ${sequenceMask}`),
    ].join(",\n"),
    `from "${table}";`,
    "",
    "-- The IDs of a period, with :from and :to in whole Unix milliseconds:",
    `--   where ${id} >= ${firstId(layout, ":from")}`,
    `--     and ${id} < ${firstId(layout, ":to")}`,
    "",
  ].join("\n");
}

/** The first ID whose tick starts at or after a time. JavaScript drivers hand numbers over as REAL, hence the cast. */
function firstId(layout: Layout, parameter: string): string {
  const { largestId, tickSize, epochMs } = sqlSections(layout);
  const time = `cast(${parameter} as integer)`;
  const tick = `(max(${time} - ${epochMs}, 0) + ${layout.tickMs - 1}) / ${layout.tickMs}`;
  const first = `max(min(${tick}, ${layout.maxTick + 1}), 1) * ${tickSize}`;
  if (largestId < 2n ** 63n - 1n) return first;
  // One tick more than there are: a product that is too large would become a REAL without a word; this is an error.
  const lastTickMs = layout.epochMs + layout.maxTick * layout.tickMs;
  return `case when ${time} > ${lastTickMs} then abs(-9223372036854775808) else ${first} end`;
}
