import { type Cell, measured, unmeasured } from "../cell.js";
import type { Database } from "../database/databases.js";
import type { Ids } from "../load/load-messages.js";
import { wordsPerId } from "../load/received.js";

/** What rows keyed by IDs cost PostgreSQL, in the order in which clients received the IDs. */
export interface InsertResult {
  readonly rows: number;
  readonly seconds: number;
  readonly tableBytes: number;
  /** The primary key's B-tree. */
  readonly indexBytes: number;
  readonly pageSplits: Cell<number>;
}

/** Rows of one statement. */
const STATEMENT_ROWS = 10_000;

export async function measureInsert(database: Database, ids: Ids, signal: AbortSignal): Promise<InsertResult> {
  const type = ids.form === "uuid" ? "uuid" : "bigint";
  const statement = `insert into rows select unnest($1::${type}[])`;
  await run(database, `create table rows (id ${type} primary key)`);
  try {
    let seconds = 0;
    const rows = ids.words.length / wordsPerId(ids.form);
    for (let from = 0; from < rows; from += STATEMENT_ROWS) {
      signal.throwIfAborted();
      const part = `{${textsOf(ids, from, Math.min(from + STATEMENT_ROWS, rows)).join(",")}}`;
      const startMs = performance.now();
      await run(database, statement, part);
      seconds += (performance.now() - startMs) / 1000;
    }
    return {
      rows,
      seconds,
      tableBytes: Number(await run(database, "select pg_relation_size('rows')::text")),
      indexBytes: Number(await run(database, "select pg_relation_size('rows_pkey')::text")),
      pageSplits: await pageSplits(database),
    };
  } finally {
    await run(database, "drop table rows");
  }
}

/**
 * A B-tree that nothing was deleted from has one page for its description and one that it began with; every other came of a
 * split, but for one new root for each level (PostgreSQL, src/backend/access/nbtree/README).
 */
async function pageSplits(database: Database): Promise<Cell<number>> {
  try {
    await run(database, "create extension if not exists pageinspect");
    const splits = await run(
      database,
      "select (pg_relation_size('rows_pkey') / current_setting('block_size')::int - 2 - level)::text from bt_metap('rows_pkey')",
    );
    return measured(Number(splits));
  } catch (error) {
    return unmeasured(`the extension pageinspect is needed: ${(error as Error).message}`);
  }
}

async function run(database: Database, text: string, ...parameters: string[]): Promise<string | null | undefined> {
  const [row] = await database.query({ text, parameters });
  return row?.[0];
}

function textsOf({ form, words }: Ids, from: number, to: number): string[] {
  if (form === "number") return Array.from(words.subarray(from, to), String);
  const hex = (word: bigint): string => word.toString(16).padStart(16, "0");
  return Array.from({ length: to - from }, (_, i) => hex(words[(from + i) * 2]!) + hex(words[(from + i) * 2 + 1]!));
}
