import { Argument, type Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake verify`, as commander hands them over. */
export interface VerifyOptions extends CommonOptions {
  readonly format?: string;
  readonly ordered?: true;
  readonly memory: string;
  readonly tempDir?: string;
  readonly json?: true;
}

export function registerVerify(program: Command, context: CommandContext): void {
  const command = program
    .command("verify")
    .description("audit a stream of IDs: duplicates, order, sign, sections; always exact")
    .addArgument(new Argument("[file]", "what to read (default: stdin)"))
    .option("--format <format>", "text|ndjson|csv|base32|base62|u64le|u64be (default: u64le for .bin, else text)")
    .option("--ordered", "a step backwards fails the check, too")
    .option("--memory <size>", "memory for the IDs of machine IDs that do not ascend", "256Mi")
    .option("--temp-dir <directory>", "where to sort what does not fit into memory")
    .option("--json", "one JSON document instead of a table");
  addCommonOptions(command, "no-store")
    .addHelpText(
      "after",
      "\nExample:\n  $ shardflake generate 1M --format u64le | shardflake verify --format u64le --ordered",
    )
    .action(async (file: string | undefined, options: VerifyOptions) => {
      const { verify } = await import("../actions/verify.js");
      await verify(file, options, context);
    });
}
