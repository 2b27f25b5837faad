/**
 * New IDs for old rows: each ID carries the time at which its row was created.
 *
 *     node dist/backfill-rows.js [state directory]
 *
 * Backfill has machine IDs of its own, so its IDs never meet those that are issued live. The period of the rows counts
 * as spent afterwards: running it again gives other IDs.
 */
import { decompose } from "@shardflake/core";
import { createPool, embeddedStore } from "@shardflake/pool";

const rows = [
  { name: "Ada", created_at: "2023-04-01T09:30:00.000Z" },
  { name: "Grace", created_at: "2023-04-01T09:30:00.000Z" },
  { name: "Edsger", created_at: "2024-11-20T17:05:42.123Z" },
];

// No shards: rows are numbered in this thread.
const pool = await createPool({ shards: 0, store: embeddedStore(process.argv[2]) });
const ids: bigint[] = [];
await pool.backfill(
  (slices) => {
    // Copied, because the memory is used again; "ids" is the machine's own 64-bit integers.
    for (const slice of slices) ids.push(...new BigUint64Array(Uint8Array.from(slice).buffer));
  },
  { timesMs: rows.map((row) => Date.parse(row.created_at)), format: "ids" },
);
await pool.close();

// One ID a row, in the order of the rows.
rows.forEach(({ name }, row) => {
  const id = ids[row]!;
  console.log(`${id}  ${new Date(decompose(pool.layout, id).timestampMs).toISOString()}  ${name}`);
});
