import { availableParallelism } from "node:os";
import { formatScenario, reportHtml, startRunThreads, type Verdict } from "@shardflake/simulator";
import type { SimulateOptions } from "../commands/simulate.js";
import type { CommandContext } from "../context.js";
import { ExitCode } from "../exit.js";
import { openOutput } from "../output.js";
import { documentOf } from "./simulate/document.js";
import { replayLine } from "./simulate/replay.js";
import { parseSimulateRequest, type SimulateRequest } from "./simulate/request.js";
import { type Finding, runOne } from "./simulate/run-one.js";
import { searchAndShrink } from "./simulate/search-and-shrink.js";
import { asArgument } from "./simulate/seeded-scenarios.js";
import { outcomeTable } from "./simulate/table.js";

const EXIT_CODES: Readonly<Record<Verdict, ExitCode>> = {
  pass: ExitCode.ok,
  fail: ExitCode.violation,
  unknown: ExitCode.failure,
};

/** Runs a scenario, or searches for one that fails; prints what came of it, and fails the check on a violation. */
export async function simulate(
  given: string | undefined,
  options: SimulateOptions,
  { signal, setExitCode }: CommandContext,
): Promise<void> {
  const request = parseSimulateRequest(given, options);
  const threads = startRunThreads({
    runner: request.runner,
    width: widthOf(request),
    recording: request.report === undefined ? "no-recording" : "record",
  });
  let finding: Finding;
  try {
    finding =
      request.work.kind === "one"
        ? await runOne(request, threads, signal)
        : await searchAndShrink({ request, budgetMs: request.work.budgetMs, threads, signal });
  } finally {
    await threads.close();
  }
  const { outcome, recording } = finding.ran;
  const replay = replayOf(finding, request);
  try {
    request.save?.write(formatScenario(outcome.scenario));
    if (recording !== null) request.report?.write(reportHtml({ outcome, recording, replay }));
  } finally {
    // Whatever became of the files, what was found is told.
    await openOutput().write(options.json ? documentOf(outcome, replay) : outcomeTable(outcome, replay));
  }
  setExitCode(EXIT_CODES[outcome.verdict]);
}

/** Threads of a pool would take one another's time, and stalls are measured there. */
function widthOf({ work, world }: SimulateRequest): number {
  return work.kind === "one" || world === "pool" ? 1 : availableParallelism();
}

/** The command that runs the reported scenario again. */
function replayOf({ ran, scenario }: Finding, { save, world, subject, scenarios }: SimulateRequest): string {
  const { seed } = ran.outcome.scenario;
  const asGiven = scenario === "as-given" ? scenarios.argumentsOf(seed) : [JSON.stringify(ran.outcome.scenario)];
  return replayLine({ execPath: process.execPath, program: process.argv[1] ?? "", env: process.env }, [
    ...(save === undefined ? asGiven : [asArgument(save.path)]),
    ...(world === "virtual" ? [] : ["--world", world]),
    ...(subject === undefined ? [] : ["--subject", subject]),
  ]);
}
