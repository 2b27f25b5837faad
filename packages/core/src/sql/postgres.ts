import type { Layout } from "../layout.js";
import { headOf, sqlSections } from "./sections.js";

/**
 * Functions of one expression each, which the planner puts in the place of the call. Immutable, so that they may stand in
 * indexes and generated columns, and so that a range is known before the plan is made: partitions outside are left out.
 */
export function postgresScript(layout: Layout, prefix: string): string {
  const { largestId, tickShift, tickSize, epochMs, epochMicros, tickMicros, ...sections } = sqlSections(layout);
  const { datacenterShift, datacenterMask, machineShift, machineMask, sequenceMask } = sections;
  const ofId = (name: string, type: string, expression: string): string =>
    functionText(`${prefix}${name}(id bigint)`, type, `case when id between 0 and ${largestId} then ${expression} end`);
  // Days and the rest apart: to_timestamp() counts in floating point, and is a microsecond off some centuries from now.
  const ms = `((id >> ${tickShift}) * ${layout.tickMs} + ${epochMs})`;
  const days = `date '1970-01-01' + (${ms} / 86400000)::integer`;
  const time = `(${days} + ${ms} % 86400000 * interval '1 millisecond') at time zone 'UTC'`;
  // Through a timestamp of no zone, because what is taken from one with a zone may depend on the session's.
  const micros = "(extract(epoch from moment at time zone 'UTC') * 1000000)::bigint";
  const tick = `(greatest(${micros} - ${epochMicros}, 0) + ${tickMicros - 1n}) / ${tickMicros}`;
  return [
    headOf(layout),
    ofId("time", "timestamptz", time),
    ofId("datacenter", "integer", `((id >> ${datacenterShift}) & ${datacenterMask})::integer`),
    ofId("machine", "integer", `((id >> ${machineShift}) & ${machineMask})::integer`),
    ofId("sequence", "bigint", `id & ${sequenceMask}`),
    "-- The first ID whose tick starts at or after the moment. The IDs of a period:",
    `--   where id >= ${prefix}first_id('2026-01-01Z') and id < ${prefix}first_id('2026-02-01Z')`,
    functionText(
      `${prefix}first_id(moment timestamptz)`,
      "bigint",
      `greatest(least(${tick}, ${layout.maxTick + 1}), 1) * ${tickSize}`,
    ),
  ].join("\n");
}

function functionText(signature: string, type: string, expression: string): string {
  return [
    `create or replace function ${signature} returns ${type} language sql immutable parallel safe as $$`,
    `  select ${expression}`,
    "$$;",
    "",
  ].join("\n");
}
