import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake sql`, as commander hands them over. */
export interface SqlOptions extends CommonOptions {
  readonly dialect: string;
  readonly prefix?: string;
  readonly table?: string;
  readonly column?: string;
}

export function registerSql(program: Command, _context: CommandContext): void {
  const command = program
    .command("sql")
    .description("SQL that reads IDs in a database: time, datacenter, machine, sequence, and the first ID of a time")
    .requiredOption("--dialect <dialect>", "postgres|mysql|sqlite")
    .option("--prefix <word>", "postgres, mysql: what the functions' names begin with (default: shardflake_)")
    .option("--table <name>", "sqlite, which keeps no functions: the table for which a view is made")
    .option("--column <name>", "sqlite: its column of IDs (default: id)");
  addCommonOptions(command, "no-store")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ shardflake sql --dialect postgres | psql",
        "  $ shardflake sql --dialect mysql --layout twitter --prefix tweet_",
        "  $ shardflake sql --dialect sqlite --table orders | sqlite3 shop.db",
      ].join("\n"),
    )
    .action(async (options: SqlOptions) => {
      const { printSql } = await import("../actions/sql.js");
      await printSql(options);
    });
}
