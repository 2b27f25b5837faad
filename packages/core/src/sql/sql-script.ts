import { describeValue, ShardflakeError } from "../errors.js";
import type { Layout } from "../layout.js";
import { mysqlScript } from "./mysql.js";
import { postgresScript } from "./postgres.js";
import { sqliteScript } from "./sqlite.js";

/** Where a script is to run, and what it names. */
export type SqlTarget =
  /** Functions `<prefix>time`, `<prefix>datacenter`, `<prefix>machine`, `<prefix>sequence` and `<prefix>first_id`. */
  | { readonly dialect: "postgres" | "mysql"; readonly prefix: string }
  /** SQLite keeps no functions: a view `<table>_ids` over the IDs of one column. */
  | { readonly dialect: "sqlite"; readonly table: string; readonly column: string };

export const SQL_DIALECTS: readonly SqlTarget["dialect"][] = ["postgres", "mysql", "sqlite"];

/** A word that needs no quotes anywhere; PostgreSQL cuts names after 63 bytes, and the longest suffix has 10. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,52}$/;

/**
 * SQL statements after which a database reads the IDs of a layout: an ID's time, datacenter ID, machine ID and sequence,
 * all `null` for a number that is no ID of the layout, and the first ID of a time for ranges. PostgreSQL from version 10 on,
 * MySQL from 5.7 on (and MariaDB), SQLite from 3.8.3 on. Running the statements again replaces what they made, except in
 * SQLite, where the view must be new.
 *
 * @throws ShardflakeError `OPTION_INVALID` for a dialect that is none of these, and for a name that is not one word of at
 * most 53 letters, digits and underscores
 */
export function sqlScript(layout: Layout, target: SqlTarget): string {
  switch (target.dialect) {
    case "postgres":
      return postgresScript(layout, checkName("prefix", target.prefix));
    case "mysql":
      return mysqlScript(layout, checkName("prefix", target.prefix));
    case "sqlite":
      return sqliteScript(layout, checkName("table", target.table), checkName("column", target.column));
    default:
      throw invalid("dialect", `one of ${SQL_DIALECTS.join(", ")}`, (target as { readonly dialect?: unknown }).dialect);
  }
}

/** Names go into the script as they are, so nothing that could end one is let in. */
function checkName(option: string, name: unknown): string {
  if (typeof name === "string" && NAME.test(name)) return name;
  throw invalid(option, "a word of at most 53 letters, digits and underscores that begins with no digit", name);
}

function invalid(option: string, expected: string, got: unknown): ShardflakeError {
  return new ShardflakeError("OPTION_INVALID", `Expected \`${option}\` to be ${expected}, got ${describeValue(got)}.`);
}
