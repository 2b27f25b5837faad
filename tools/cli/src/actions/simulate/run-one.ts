import type { Ran, RunProgress, RunThreads } from "@shardflake/simulator";
import { type Progress, startProgress } from "../../progress.js";
import type { SimulateRequest } from "./request.js";

/** What is reported, and whether its scenario is what the command line says, or was made smaller. */
export interface Finding {
  readonly ran: Ran;
  readonly scenario: "as-given" | "shrunk";
}

/** Runs the first seed's scenario. */
export async function runOne(
  { scenarios, quiet }: SimulateRequest,
  threads: RunThreads,
  signal: AbortSignal,
): Promise<Finding> {
  let bar: Promise<Progress> | undefined;
  const onProgress = async ({ atMs, durationMs }: RunProgress): Promise<void> => {
    // How long it lasts may be drawn in the thread.
    if (durationMs === 0) return;
    bar ??= startProgress({ unit: "simulated seconds", total: Math.ceil(durationMs / 1000), quiet });
    (await bar).update(Math.floor(atMs / 1000));
  };
  try {
    const source = scenarios.sourceOf(scenarios.firstSeed);
    return {
      ran: await threads.run(source, { signal, onProgress: (now) => void onProgress(now) }),
      scenario: "as-given",
    };
  } finally {
    (await bar)?.stop();
  }
}
