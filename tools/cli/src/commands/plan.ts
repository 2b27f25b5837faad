import type { Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake plan`, as commander hands them over. */
export interface PlanOptions extends CommonOptions {
  readonly rate?: string;
  readonly peak?: string;
  readonly datacenters?: string;
  readonly machines?: string;
  readonly burst?: string;
  readonly skew?: string;
  readonly years?: string;
  readonly jsSafe?: true;
  readonly maxWaitP99?: string;
  readonly tick?: string;
  readonly json?: true;
  readonly open?: true;
  readonly validate?: true;
}

export function registerPlan(program: Command, context: CommandContext): void {
  const command = program
    .command("plan")
    .description("with --layout: what that layout gives; without: which layouts can do what is needed")
    .option("--rate <rate>", "IDs of all machine IDs together, Poisson, evenly spread: 10k/s, 2M/min")
    .option("--peak <factor>", "how far the rate rises at its peak (default: 1x)")
    .option("--machines <n>", "machine IDs that share the rate; with --datacenters in each of them (default: 1)")
    .option("--datacenters <n>", "datacenters (default: none)")
    .option("--burst <n>", "IDs asked for at once")
    .option("--skew <duration>", "largest distance of a clock from true time (default: 10ms)")
    .option("--years <n>", "which layout: how long it must last from its epoch (default: 70)")
    .option(
      "--max-wait-p99 <duration>",
      "which layout: longest wait of 99 in 100 requests, in whole ticks (default: 0ms)",
    )
    .option("--tick <durations>", "which layout: lengths of a tick to choose from (default: 1ms,10ms,1s)")
    .option("--js-safe", "which layout: at most 53 bits, so that every ID is exact as a JavaScript number")
    .option("--json", "one JSON document, unrounded")
    .option("--validate", "try the prediction in the virtual world and on a real pool, a few seconds each")
    .option("--open", "serve the planner page on loopback, with this plan on it, and open it");
  addCommonOptions(command, "no-store")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  $ shardflake plan --layout twitter --rate 10k/s --machines 40 --burst 5000",
        "  $ shardflake plan --rate 10k/s --datacenters 32 --machines 32 --years 69",
        "  $ shardflake plan --rate 10k/s --peak 4x --datacenters 2 --machines 20 --js-safe",
        "  $ shardflake plan --open",
        "",
        "Exits with 1 when no layout can do what is needed (the nearest ones are named), or a prediction does not hold.",
      ].join("\n"),
    )
    .action(async (options: PlanOptions) => {
      const { plan } = await import("../actions/plan.js");
      await plan(options, context);
    });
}
