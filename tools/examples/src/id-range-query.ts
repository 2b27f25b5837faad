/**
 * All rows of a period by their ID, with the index of the primary key and no column for the time.
 *
 *     node dist/id-range-query.js [state directory]
 */
import { bounds } from "@shardflake/core";
import { createPool, embeddedStore } from "@shardflake/pool";

const pool = await createPool({ shards: 1, store: embeddedStore(process.argv[2]) });
const fromMs = Date.now();
const ids = await pool.generate(10_000);
const toMs = Date.now() + 1;
await pool.close();

// Half-open, [from, to): the ranges of adjacent periods share no ID and leave none out.
const { min, max } = bounds(pool.layout, fromMs, toMs);
console.log(`SELECT * FROM orders WHERE id BETWEEN ${min} AND ${max} ORDER BY id;`);

const found = ids.filter((id) => min <= id && id <= max);
console.log(`${found.length} of ${ids.length} IDs of the period are in the range`);

const hourBefore = bounds(pool.layout, fromMs - 3_600_000, fromMs);
console.log(`${ids.filter((id) => id <= hourBefore.max).length} are in the hour before`);
