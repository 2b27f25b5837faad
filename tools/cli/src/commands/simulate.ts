import { Argument, type Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake simulate`, as commander hands them over. */
export interface SimulateOptions extends CommonOptions {
  readonly profile?: string;
  readonly seed?: string;
  readonly duration?: string;
  readonly shards?: string;
  readonly world: string;
  readonly subject?: string;
  readonly search?: string;
  readonly report?: string;
  readonly save?: string;
  readonly json?: true;
}

export function registerSimulate(program: Command, context: CommandContext): void {
  const command = program
    .command("simulate")
    .description("put hostile clocks, crashes and stores against the generators, and check every ID")
    .addArgument(new Argument("[scenario]", "a file, or JSON text (default: one of --profile)"))
    .option("--profile <name>", "calm | ntp | vm | hostile | swarm (default: hostile)")
    .option("--seed <n>", "what everything follows from, 0 to 2^32 - 1 (default: the scenario's, or 1)")
    .option("--duration <duration>", "simulated time (default: the scenario's or the profile's)")
    .option("--shards <n>", "clocks, processes and machine IDs (default: the scenario's or the profile's)")
    .option("--world <world>", "virtual: simulated time | pool: real worker threads, in real time", "virtual")
    .option("--subject <name|file>", "another generator than ours: a package's name, or a module of yours")
    .option("--search <duration>", "run seed after seed for so long, or until one fails; then shrink that one")
    .option("--report <file>", "write a page with charts, which opens offline")
    .option("--save <file>", "write the scenario; after --search, the shrunk one")
    .option("--json", "one JSON document instead of a table");
  addCommonOptions(command, "no-store")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ shardflake simulate --profile hostile --seed 7 --report report.html",
        "  $ shardflake simulate --search 60s --save found.json",
        "  $ shardflake simulate found.json --json",
      ].join("\n"),
    )
    .action(async (scenario: string | undefined, options: SimulateOptions) => {
      const { simulate } = await import("../actions/simulate.js");
      await simulate(scenario, options, context);
    });
}
