import { type Command, Option } from "commander";
import { version } from "./version.js";

/** The options that every command takes, as commander hands them over. */
export interface CommonOptions {
  readonly layout?: string;
  readonly epoch?: string;
  readonly namespace?: string;
  readonly store?: string;
  readonly window?: string;
  readonly wait?: string;
  readonly quiet?: true;
}

/** Whether a command reads and writes the registers of a store, or only computes. */
export type StoreUse = "store" | "no-store";

/**
 * Adds the common options to a command. Scripts may pass them to every command; where there is no store, those that are
 * about it do nothing and the help does not show them.
 */
export function addCommonOptions(command: Command, storeUse: StoreUse): Command {
  const aboutStore = [
    new Option("--namespace <name>", "one ID space in the store (default: the layout's digest)"),
    new Option(
      "--store <store>",
      "memory | embedded[:DIR] | etcd:URL[,URL…] | postgres://… (default: $SHARDFLAKE_STORE, else embedded)",
    ),
    new Option("--window <duration>", "how far a limit runs ahead (default: 6s)"),
    new Option("--wait <duration>", "how long to wait for a free machine ID or the clock (default: 20s)"),
  ];
  command
    .option("--layout <preset|JSON|file>", "section lengths (default: 41/5/5/12 from 2020-01-01T00:00:00Z)")
    .option("--epoch <time>", "start of tick 0, instead of the layout's own");
  for (const option of aboutStore) command.addOption(option.hideHelp(storeUse === "no-store"));
  return addProgramOptions(command);
}

/** Adds the options that have nothing to do with a layout, for a command that is given its layouts in another way. */
export function addProgramOptions(command: Command): Command {
  return command
    .option("--quiet", "no progress, no summaries on stderr")
    .version(version, "--version", "print the version");
}
