import { ShardflakeError } from "@shardflake/core";
import { type Ran, type RunThreads, type SearchResult, type SearchTally, search, shrink } from "@shardflake/simulator";
import { startProgress } from "../../progress.js";
import type { SimulateRequest } from "./request.js";
import type { Finding } from "./run-one.js";
import { searchLine, shrunkLine } from "./search-line.js";

/** Shrinking takes at most as long as the search may, within these. */
const LEAST_SHRINK_MS = 10_000;
const MOST_SHRINK_MS = 60_000;
const MOST_SHRINK_RUNS = 5000;

/** How often the bar moves on. */
const PROGRESS_MS = 200;

/** A search, and where its runs go. */
export interface SearchWork {
  readonly request: SimulateRequest;
  readonly budgetMs: number;
  readonly threads: RunThreads;
  readonly signal: AbortSignal;
}

/** Runs seed after seed; shrinks the first that fails. @throws ShardflakeError `BUDGET_ENDED` before the first run was done */
export async function searchAndShrink(work: SearchWork): Promise<Finding> {
  const result = await searchSeeds(work);
  if (!work.request.quiet) process.stderr.write(searchLine(result.tally));
  if (result.kind === "found") return { ran: await shrinkFound(result.ran, work), scenario: "shrunk" };
  if (result.ran !== null) return { ran: withCoverage(result.ran, result.tally), scenario: "as-given" };
  throw new ShardflakeError(
    "BUDGET_ENDED",
    `Expected at least one run to end within the ${work.budgetMs} ms of --search, got none. Allow more time, or shorten ` +
      "the scenario.",
  );
}

/** Where nothing was found, it counts what was hit in all runs, not in the one that is shown. */
function withCoverage({ outcome, recording }: Ran, { runs, counted, unknown, coverage }: SearchTally): Ran {
  const all = { runs, "runs-counted": counted, "runs-unknown": unknown, ...coverage };
  return { outcome: { ...outcome, coverage: all }, recording };
}

async function searchSeeds({ request, budgetMs, threads, signal }: SearchWork): Promise<SearchResult> {
  const { scenarios, quiet } = request;
  const progress = await startProgress({ unit: "s searched", total: Math.ceil(budgetMs / 1000), quiet });
  const startMs = performance.now();
  const timer = setInterval(() => progress.update(Math.floor((performance.now() - startMs) / 1000)), PROGRESS_MS);
  try {
    return await search({
      sourceOf: scenarios.sourceOf,
      firstSeed: scenarios.firstSeed,
      mostSeeds: Number.POSITIVE_INFINITY,
      run: (source, signal) => threads.run(source, { signal }),
      width: threads.width,
      budget: AbortSignal.timeout(budgetMs),
      signal,
    });
  } finally {
    clearInterval(timer);
    progress.stop();
  }
}

async function shrinkFound(failed: Ran, { request, budgetMs, threads, signal }: SearchWork): Promise<Ran> {
  const progress = await startProgress({ unit: "runs of shrinking", total: MOST_SHRINK_RUNS, quiet: request.quiet });
  try {
    const shrunk = await shrink(failed, {
      run: (source, signal) => threads.run(source, { signal }),
      width: threads.width,
      mostRuns: MOST_SHRINK_RUNS,
      budget: AbortSignal.timeout(Math.min(MOST_SHRINK_MS, Math.max(LEAST_SHRINK_MS, budgetMs))),
      signal,
      onProgress: (runs) => progress.update(runs),
    });
    progress.stop();
    if (!request.quiet) process.stderr.write(shrunkLine(shrunk, failed.outcome.scenario.faults.length));
    return shrunk.ran;
  } finally {
    progress.stop();
  }
}
