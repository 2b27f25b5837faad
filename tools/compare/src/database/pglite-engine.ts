import { PGlite } from "@electric-sql/pglite";
import { pageinspect } from "@electric-sql/pglite/contrib/pageinspect";
import type { Engine } from "./engine.js";

/** PostgreSQL in this process, over a directory that is a database already or becomes one. */
export async function openPglite(directory: string): Promise<Engine> {
  const database = await PGlite.create(directory, { extensions: { pageinspect } });
  return {
    async query({ text, parameters }) {
      const { rows } = await database.query<(string | null)[]>(text, [...parameters], { rowMode: "array" });
      return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
    },
    close: () => database.close(),
  };
}
