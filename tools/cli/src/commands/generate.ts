import { Argument, type Command, Option } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake generate`, as commander hands them over. */
export interface GenerateOptions extends CommonOptions {
  readonly shards?: string;
  readonly lanes?: string;
  readonly datacenter?: string;
  readonly machines?: string;
  readonly format: string;
  readonly order: string;
  readonly out?: string;
  readonly from?: string;
  readonly to?: string;
  readonly times?: string;
  readonly stats?: string;
  readonly sequenceStart?: string;
  readonly unsafeMemory?: true;
}

export function registerGenerate(program: Command, context: CommandContext): void {
  const command = program
    .command("generate")
    .description("issue IDs, one or 100 million, on every core")
    .addArgument(new Argument("[count]", "how many: 1000000, 1e6, 1_000_000 or 1M (default: 1)"))
    .option("--shards <n>", "worker threads (default: as many as count can use, at most cores and free machine IDs)")
    .option("--lanes <k>", "machine IDs per shard (default: 1)")
    .option("--datacenter <id>", "lease machine IDs of this datacenter only")
    .option("--machines <ids>", "lease these machine IDs only, such as 0-31 or 3,5")
    .addOption(new Option("--format <format>", "text | ndjson | csv | base32 | base62 | u64le | u64be").default("text"))
    .addOption(new Option("--order <order>", "time: the whole output ascends | arrival").default("time"))
    .option("--out <file>", "write here instead of stdout")
    .option("--from <time>", "backfill: new IDs for the past period [from, to)")
    .option("--to <time>", "end of the period, not after now")
    .option("--times <file>", "backfill: one time a row in, one ID a row out")
    .option("--stats <file>", "write what was done as a JSON object")
    .option("--sequence-start <start>", "zero | random: random makes id % n even at low rates (default: zero)")
    .option("--unsafe-memory", "allow --store memory, which other processes do not see");
  addCommonOptions(command, "store")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ shardflake generate",
        "  $ shardflake generate 100M --format u64le --out ids.bin",
        "  $ shardflake generate 1e9 --shards 2 --lanes 16 --format u64le > /dev/null",
        "  $ shardflake generate 1000 --from 2024-01-01 --to 2024-02-01",
      ].join("\n"),
    )
    .action(async (count: string | undefined, options: GenerateOptions) => {
      const { generate } = await import("../actions/generate.js");
      await generate(count, options, context);
    });
}
