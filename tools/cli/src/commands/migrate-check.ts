import type { Command } from "commander";
import { addProgramOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake migrate-check`, as commander hands them over. */
export interface MigrateCheckOptions {
  readonly from: string;
  readonly to: string;
  readonly at?: string;
  readonly skew?: string;
  readonly json?: true;
}

export function registerMigrateCheck(program: Command, context: CommandContext): void {
  const command = program
    .command("migrate-check")
    .description("prove that the IDs of two layouts are disjoint and ordered, or show one that both make")
    .requiredOption("--from <preset|JSON|file>", "the layout of the IDs there are")
    .requiredOption("--to <preset|JSON|file>", "the layout that comes after it")
    .option("--at <time>", "when the one stops and the other begins (default: all that either can ever make)")
    .option("--skew <duration>", "with --at: largest distance of a clock that issues from true time (default: 10ms)")
    .option("--json", "one JSON document");
  addProgramOptions(command)
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ shardflake migrate-check --from js-safe --to shardflake --at 2026-03-01",
        '  $ shardflake migrate-check --from twitter --to \'{"epoch":"2010-01-01","machineBits":10,"datacenterBits":0}\' --at 2026-03-01',
        "",
        "Exits with 1 when an ID belongs to both, or the new IDs are the smaller ones. All machine IDs and sequences of",
        "both layouts count, used or not.",
      ].join("\n"),
    )
    .action(async (options: MigrateCheckOptions) => {
      const { migrateCheck } = await import("../actions/migrate-check.js");
      await migrateCheck(options, context);
    });
}
