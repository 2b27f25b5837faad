import { type RunnerSpec, runnerFor, type World } from "@shardflake/simulator";
import type { SimulateOptions } from "../../commands/simulate.js";
import { InputError, valueError } from "../../input-error.js";
import { checkAreTwoFiles } from "../../same-file.js";
import { parseDurationMs } from "../../values/duration.js";
import { type WholeFile, wholeFile } from "../../whole-file.js";
import { parseSeededScenarios, type SeededScenarios } from "./seeded-scenarios.js";

/** The longest that a timer can wait. */
const LONGEST_SEARCH_MS = 2 ** 31 - 1;

/** `shardflake simulate`, parsed and checked; nothing has run or been written yet. */
export interface SimulateRequest {
  readonly scenarios: SeededScenarios;
  readonly world: World;
  readonly subject: string | undefined;
  readonly runner: RunnerSpec;
  readonly work: Work;
  readonly report: WholeFile | undefined;
  readonly save: WholeFile | undefined;
  readonly quiet: boolean;
}

/** How many runs there are. */
export type Work = { readonly kind: "one" } | { readonly kind: "search"; readonly budgetMs: number };

/** @throws InputError, LayoutError, ShardflakeError `SCENARIO_INVALID`, `SCENARIO_FORMAT_NEWER`, `OUTPUT_FAILED` */
export function parseSimulateRequest(given: string | undefined, options: SimulateOptions): SimulateRequest {
  const world = parseWorld(options.world);
  const { subject, search, report, save } = options;
  if (report !== undefined && save !== undefined) checkAreTwoFiles("--report and --save", report, save);
  if (subject !== undefined && world === "pool") {
    throw new InputError("USAGE", "Expected --subject in the virtual world, got --world pool beside it.");
  }
  return {
    scenarios: parseSeededScenarios(given, options, world),
    world,
    subject,
    runner: runnerFor(subject === undefined ? { kind: world } : { kind: "subject", subject }),
    work: search === undefined ? { kind: "one" } : { kind: "search", budgetMs: parseBudgetMs(search) },
    report: report === undefined ? undefined : wholeFile(report),
    save: save === undefined ? undefined : wholeFile(save),
    quiet: options.quiet === true,
  };
}

function parseWorld(text: string): World {
  if (text === "virtual" || text === "pool") return text;
  throw valueError("--world", "virtual | pool", text);
}

function parseBudgetMs(text: string): number {
  const budgetMs = parseDurationMs(text, "--search");
  if (budgetMs >= 1 && budgetMs <= LONGEST_SEARCH_MS) return budgetMs;
  throw valueError("--search", "a duration from 1ms to 24d", text);
}
