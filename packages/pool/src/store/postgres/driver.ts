import { ShardflakeError } from "@shardflake/core";
import type { Pool, PoolConfig } from "pg";

/** Makes a pool of connections. */
export type CreateConnectionPool = (config: PoolConfig) => Pool;

/**
 * The package `pg`, an optional peer dependency: those who have no PostgreSQL need not install it.
 *
 * @throws ShardflakeError `STORE_DRIVER_MISSING`
 */
export async function importDriver(
  importPackage: () => Promise<typeof import("pg")> = () => import("pg"),
): Promise<CreateConnectionPool> {
  try {
    const { default: pg } = await importPackage();
    return (config) => new pg.Pool(config);
  } catch (cause) {
    throw new ShardflakeError(
      "STORE_DRIVER_MISSING",
      "Expected the package `pg` for a postgres:// store, got none that can be imported. Install it: npm install pg@8",
      { cause },
    );
  }
}
