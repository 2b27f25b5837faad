import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake decode`, as commander hands them over. */
export interface DecodeOptions extends CommonOptions {
  readonly inputFormat?: string;
  readonly json?: true;
}

export function registerDecode(program: Command, context: CommandContext): void {
  const command = program
    .command("decode")
    .description("take IDs apart: time, datacenter ID, machine ID, sequence")
    .argument("[id...]", "IDs (default: stdin, one a line)")
    .option("--input-format <format>", "base32|base62|u64le|u64be instead of decimal; u64 from stdin only")
    .option("--json", "one JSON object a line instead of a table");
  addCommonOptions(command, "no-store")
    .addHelpText("after", "\nExample:\n  $ shardflake decode 1541815603606036480 --layout twitter")
    .action(async (ids: string[], options: DecodeOptions) => {
      const { decode } = await import("../actions/decode.js");
      await decode(ids, options, context);
    });
}
