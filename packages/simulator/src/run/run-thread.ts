import { toWire } from "@shardflake/pool/protocol";
import { startRecorder } from "../report/recorder.js";
import { openRunner } from "./open-runner.js";
import { runCell } from "./run-cell.js";
import type { RunAnswer, RunTask } from "./run-messages.js";
import { scenarioFrom } from "./scenario-source.js";
import { stopSignal } from "./stop-signal.js";

/** The worker thread's side of a run. */
export default async function run({ runner, source, cell, recording }: RunTask): Promise<RunAnswer> {
  const shared = runCell(cell);
  const stop = stopSignal(shared);
  try {
    const scenario = scenarioFrom(source);
    const { durationMs } = scenario;
    const recorder = recording === "record" ? startRecorder(scenario) : null;
    const play = await openRunner(runner);
    const outcome = await play(scenario, {
      signal: stop.signal,
      onProgress: (atMs) => {
        shared.progress = { atMs, durationMs };
      },
      observers: recorder === null ? [] : [recorder],
    });
    return { kind: "ran", ran: { outcome, recording: recorder?.recording() ?? null } };
  } catch (error) {
    return { kind: "failed", error: toWire(error) };
  } finally {
    stop.close();
  }
}
