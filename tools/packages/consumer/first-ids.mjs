import { createPool } from "@shardflake/pool";

const pool = await createPool({ shards: 2 });
try {
  const ids = await pool.generate(200_000);
  console.log(`${ids.length} IDs, then ${await pool.next()}`);
} finally {
  await pool.close();
}
