import pg from "pg";
import type { Engine } from "./engine.js";

/** As many statements at a time as clients there are. */
const CONNECTIONS = 16;

/** Everything happens in one schema, which is made here if it is not there. Values are text, as they came. */
export async function openPostgres(url: string, schema: string): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 5000,
    options: `-c search_path=${schema},public`,
    types: { getTypeParser: () => (value: unknown) => value },
  });
  // A connection that ended is told by the next statement.
  pool.on("error", () => {});
  await pool.query(`create schema if not exists ${schema}`);
  return {
    async query({ text, parameters }) {
      const { rows } = await pool.query<(string | null)[]>({ text, values: [...parameters], rowMode: "array" });
      return rows;
    },
    close: () => pool.end(),
  };
}

/** Takes a schema away with everything in it. */
export async function dropSchema(url: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(`drop schema if exists ${schema} cascade`);
  } finally {
    await client.end();
  }
}
