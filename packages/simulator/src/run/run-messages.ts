import type { WireError } from "@shardflake/pool/protocol";
import type { Outcome } from "../outcome/outcome.js";
import type { Recording } from "../report/recording.js";
import type { RunnerSpec } from "./runner.js";
import type { ScenarioSource } from "./scenario-source.js";

/** Whether a run is recorded for a report. */
export type RecordingWish = "record" | "no-recording";

/** One run for a thread. */
export interface RunTask {
  readonly runner: RunnerSpec;
  readonly source: ScenarioSource;
  /** Memory of the run's cell. */
  readonly cell: SharedArrayBuffer;
  readonly recording: RecordingWish;
}

/** What came of a scenario, and what was seen meanwhile; `null` where nobody wished for a recording. */
export interface Ran {
  readonly outcome: Outcome;
  readonly recording: Recording | null;
}

/** What the thread answers. */
export type RunAnswer =
  | { readonly kind: "ran"; readonly ran: Ran }
  | { readonly kind: "failed"; readonly error: WireError };
