import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake compare`, as commander hands them over. */
export interface CompareOptions extends CommonOptions {
  readonly seconds: string;
  readonly servers: string;
  readonly rows: string;
  readonly database?: string;
  readonly designs?: string;
  readonly json?: true;
  readonly report?: string;
}

export function registerCompare(program: Command, context: CommandContext): void {
  const command = program
    .command("compare")
    .description(
      "multi-master, UUID, ticket server and Snowflake side by side: runs them, kills them, prints one table",
    )
    .option("--seconds <n>", "how long all loads on one design take together, about", "5")
    .option("--servers <n>", "servers of each design that has any number of them, 2 to 8", "3")
    .option("--rows <n>", "rows inserted into PostgreSQL for each kind of ID", "1M")
    .option("--database <servers>", "postgres:URL[,URL…]: on these servers (default: PGlite, which needs none)")
    .option("--designs <names>", "only these, such as uuid-v7,snowflake-leases (default: all)")
    .option("--json", "one JSON document instead of a table")
    .option("--report <file>", "write a page with charts, which opens offline");
  addCommonOptions(command, "no-store")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ shardflake compare --report compare.html",
        "  $ shardflake compare --designs uuid-v7,snowflake --seconds 1 --rows 10k",
        "  $ shardflake compare --database postgres:postgres://me@db1/test,postgres://me@db2/test",
      ].join("\n"),
    )
    .action(async (options: CompareOptions) => {
      const { compare } = await import("../actions/compare.js");
      await compare(options, context);
    });
}
