import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake bounds`, as commander hands them over. */
export interface BoundsOptions extends CommonOptions {
  readonly from: string;
  readonly to: string;
  readonly json?: true;
}

export function registerBounds(program: Command, _context: CommandContext): void {
  const command = program
    .command("bounds")
    .description("smallest and largest ID of a period, both inclusive, for range queries")
    .requiredOption("--from <time>", "start of the period, inclusive")
    .requiredOption("--to <time>", "end of the period, exclusive")
    .option("--json", "one JSON document { min, max } instead of two lines");
  addCommonOptions(command, "no-store")
    .addHelpText("after", "\nExample:\n  $ shardflake bounds --from 2026-01-01 --to 2026-02-01")
    .action(async (options: BoundsOptions) => {
      const { printBounds } = await import("../actions/bounds.js");
      await printBounds(options);
    });
}
