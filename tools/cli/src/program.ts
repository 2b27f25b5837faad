import { Command } from "commander";
import { registerBounds } from "./commands/bounds.js";
import { registerCompare } from "./commands/compare.js";
import { registerDecode } from "./commands/decode.js";
import { registerGenerate } from "./commands/generate.js";
import { registerMachines } from "./commands/machines.js";
import { registerMigrateCheck } from "./commands/migrate-check.js";
import { registerPlan } from "./commands/plan.js";
import { registerServe } from "./commands/serve.js";
import { registerSimulate } from "./commands/simulate.js";
import { registerSql } from "./commands/sql.js";
import { registerVerify } from "./commands/verify.js";
import type { CommandContext } from "./context.js";
import { version } from "./version.js";
import { visible } from "./visible.js";

/**
 * Adds one command to the program. It declares arguments, options and help; its action imports the module that does the
 * work, so that no command pays for what another one needs.
 */
export type RegisterCommand = (program: Command, context: CommandContext) => void;

const REGISTRATIONS: readonly RegisterCommand[] = [
  registerGenerate,
  registerDecode,
  registerBounds,
  registerVerify,
  registerMachines,
  registerPlan,
  registerMigrateCheck,
  registerSql,
  registerSimulate,
  registerCompare,
  registerServe,
];

/** The whole command line. Parsing throws commander's errors instead of ending the process. */
export function createProgram(context: CommandContext): Command {
  const program = new Command("shardflake")
    .description("64-bit, numeric, time-sortable, unique IDs on every core")
    .version(version, "--version", "print the version")
    .showHelpAfterError("Try --help.")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(visible(text.replace(/^error: /, "shardflake: "))) })
    .addHelpText(
      "after",
      "\nExit codes: 0 ok, 1 the check failed, 2 usage or bad input, 3 could not be done or decided.",
    );
  for (const register of REGISTRATIONS) register(program, context);
  return program;
}
