import { SQL_DIALECTS, type SqlTarget, sqlScript } from "@shardflake/core/sql";
import type { SqlOptions } from "../commands/sql.js";
import { InputError, valueError } from "../input-error.js";
import { openOutput } from "../output.js";
import { parseLayout } from "../values/layout.js";

/** Prints the statements after which a database reads IDs. */
export async function printSql(options: SqlOptions): Promise<void> {
  const layout = parseLayout(options.layout, options.epoch);
  await openOutput().write(sqlScript(layout, targetOf(options)));
}

function targetOf({ dialect, prefix, table, column }: SqlOptions): SqlTarget {
  if (dialect === "postgres" || dialect === "mysql") {
    refuse({ "--table": table, "--column": column }, `--dialect ${dialect}, which makes functions`);
    return { dialect, prefix: prefix ?? "shardflake_" };
  }
  if (dialect !== "sqlite") throw valueError("--dialect", SQL_DIALECTS.join("|"), dialect);
  refuse({ "--prefix": prefix }, "--dialect sqlite, which makes a view");
  if (table === undefined) {
    throw new InputError("USAGE", "Expected --table with --dialect sqlite (it makes a view of one table), got none.");
  }
  return { dialect, table, column: column ?? "id" };
}

function refuse(options: Readonly<Record<string, string | undefined>>, where: string): void {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined)
      throw new InputError("USAGE", `Expected no ${name} with ${where}, got both. Leave it out.`);
  }
}
