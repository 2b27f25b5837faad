import { Argument, type Command } from "commander";
import { addCommonOptions, type CommonOptions } from "../common-options.js";
import type { CommandContext } from "../context.js";

/** Options of `shardflake machines …`, as commander hands them over. */
export interface MachinesOptions extends CommonOptions {
  readonly json?: true;
  readonly backfill?: string;
  readonly to?: string;
}

export function registerMachines(program: Command, _context: CommandContext): void {
  const machines = program
    .command("machines")
    .description("the registers of the store: who holds which machine ID")
    .addHelpText("after", "\nExample:\n  $ shardflake machines list");
  const list = machines
    .command("list")
    .description("every machine ID that was ever used")
    .option("--json", "one JSON array");
  addCommonOptions(list, "store")
    .addHelpText("after", "\nExample:\n  $ shardflake machines list --json")
    .action(async (options: MachinesOptions) => {
      const { listMachines } = await import("../actions/machines.js");
      await listMachines(options);
    });
  const release = machines
    .command("release")
    .description("end the claim on a machine ID: adds a generation, never lowers a limit")
    .addArgument(new Argument("<machine>", "datacenter ID / machine ID, such as 0/3"))
    .option("--json", "the register as JSON");
  addCommonOptions(release, "store")
    .addHelpText("after", "\nExample:\n  $ shardflake machines release 0/3")
    .action(async (machine: string, options: MachinesOptions) => {
      const { releaseMachine } = await import("../actions/machines.js");
      await releaseMachine(machine, options);
    });
  const raise = machines
    .command("raise-floors")
    .description("spend every machine ID up to a time, and end every claim: after a store was restored from a backup")
    .requiredOption("--to <time>", "the end of every window that was ever granted")
    .option("--json", "the registers as JSON");
  addCommonOptions(raise, "store")
    .addHelpText("after", "\nExample:\n  $ shardflake machines raise-floors --to 2026-03-01T12:00:10Z")
    .action(async (options: MachinesOptions) => {
      const { raiseFloors } = await import("../actions/machines.js");
      await raiseFloors(options);
    });
  const reserve = machines
    .command("reserve")
    .description("set machine IDs aside for backfill")
    .requiredOption("--backfill <n>", "how many")
    .option("--json", "the registers as JSON");
  addCommonOptions(reserve, "store")
    .addHelpText("after", "\nExample:\n  $ shardflake machines reserve --backfill 2")
    .action(async (options: MachinesOptions) => {
      const { reserveMachines } = await import("../actions/machines.js");
      await reserveMachines(options);
    });
}
