import type { Pool } from "./pool.js";
import { type PoolOptions, poolSettings } from "./pool-options.js";

/**
 * Starts the keeper and the shards' threads and resolves once every shard has its machine IDs.
 *
 * @example
 * ```ts
 * import { createPool } from "@shardflake/pool";
 *
 * const pool = await createPool({ shards: 2 });
 * try {
 *   const ids = await pool.generate(100_000);
 *   console.log(ids.length, (await pool.next()) > 0n); // 100000 true
 * } finally {
 *   await pool.close();
 * }
 * ```
 * @throws LayoutError `LAYOUT_INVALID`
 * @throws ShardflakeError `OPTION_INVALID`, `STORE_UNAVAILABLE`, `STORE_CORRUPT`, `LAYOUT_MISMATCH`
 * @throws LeaseUnavailableError `MACHINE_IDS_TAKEN`, `FLOOR_AHEAD`
 */
export async function createPool(options: PoolOptions = {}): Promise<Pool> {
  const settings = poolSettings(options);
  // Loaded here, so that whoever imports this package for one ID does not pay for threads.
  const { startPool } = await import("./start-pool.js");
  return startPool(settings);
}
