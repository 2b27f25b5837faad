import { extname } from "node:path";
import { fromWire } from "@shardflake/pool/protocol";
import { Piscina } from "piscina";
import { type RunProgress, runCell } from "./run-cell.js";
import type { Ran, RecordingWish, RunAnswer, RunTask } from "./run-messages.js";
import type { RunnerSpec } from "./runner.js";
import type { ScenarioSource } from "./scenario-source.js";

/** How often progress is looked at: as often as a terminal shows it. */
const PROGRESS_MS = 100;

/** What {@link startRunThreads} takes. */
export interface RunThreadsOptions {
  readonly runner: RunnerSpec;
  /** Runs at the same time, a thread each. */
  readonly width: number;
  readonly recording: RecordingWish;
}

/** What one run takes. */
export interface RunRequest {
  readonly signal: AbortSignal;
  /** Told now and then how far the run is. @default nobody is told */
  readonly onProgress?: (progress: RunProgress) => void;
}

/** Threads that run scenarios, so that this one stays responsive. */
export interface RunThreads {
  readonly width: number;
  /**
   * Runs a scenario in the next free thread. A run that is aborted ends within the runner's grace, whatever is under test
   * does.
   *
   * @throws the signal's reason when it was aborted; what drawing or running the scenario threw, with its code
   */
  run(source: ScenarioSource, request: RunRequest): Promise<Ran>;
  /** Ends the threads. */
  close(): Promise<void>;
}

const THREAD_FILE = new URL(`./run-thread${extname(import.meta.url)}`, import.meta.url);

/** Starts no thread before the first run. */
export function startRunThreads({ runner, width, recording }: RunThreadsOptions): RunThreads {
  const piscina = new Piscina({
    filename: THREAD_FILE.href,
    minThreads: 0,
    maxThreads: width,
    idleTimeout: Number.POSITIVE_INFINITY,
    atomics: "disabled",
    recordTiming: false,
    workerHistogram: false,
  });
  return {
    width,
    async run(source, { signal, onProgress }) {
      signal.throwIfAborted();
      const cell = runCell();
      const task: RunTask = { runner, source, cell: cell.buffer, recording };
      const killer = new AbortController();
      let grace: NodeJS.Timeout | undefined;
      const stop = (): void => {
        cell.stop();
        grace = setTimeout(() => killer.abort(), runner.graceMs);
      };
      signal.addEventListener("abort", stop, { once: true });
      const watch = setInterval(() => onProgress?.(cell.progress), PROGRESS_MS);
      try {
        const answer = (await piscina.run(task, { signal: killer.signal })) as RunAnswer;
        signal.throwIfAborted();
        if (answer.kind === "failed") throw fromWire(answer.error);
        return answer.ran;
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        clearInterval(watch);
        clearTimeout(grace);
        signal.removeEventListener("abort", stop);
      }
    },
    close: () => piscina.destroy(),
  };
}
