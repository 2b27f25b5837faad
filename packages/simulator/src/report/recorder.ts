import type { Observer } from "../observation/observer.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Recording } from "./recording.js";

/** As many as a wide screen has room for. */
const PARTS = 600;

/** An observer that remembers what a report draws. */
export interface Recorder extends Observer {
  /** What was seen so far. */
  recording(): Recording;
}

/** Starts to record a run of the scenario. What is completed after its end counts as its last part. */
export function startRecorder({ durationMs }: Pick<Scenario, "durationMs">): Recorder {
  const partMs = durationMs / PARTS;
  const issued = new Float64Array(PARTS);
  const refused = new Float64Array(PARTS);
  const worstStallMs = new Float64Array(PARTS);
  const worstErrorMs = new Float64Array(PARTS);
  const partAt = (atMs: number): number => Math.max(0, Math.min(PARTS - 1, Math.floor(atMs / partMs)));
  const wait = (requestedMs: number, completedMs: number): void => {
    const part = partAt(requestedMs);
    const stallMs = completedMs - requestedMs;
    if (stallMs > worstStallMs[part]!) worstStallMs[part] = stallMs;
  };
  return {
    held: () => {},
    extended: () => {},
    ended: () => {},
    issued(_holding, requestedMs, completedMs, errorMs, _high, _low, count) {
      const part = partAt(completedMs);
      issued[part]! += count;
      if (errorMs > worstErrorMs[part]!) worstErrorMs[part] = errorMs;
      wait(requestedMs, completedMs);
    },
    refused(_shard, requestedMs, completedMs, count) {
      refused[partAt(completedMs)]! += count;
      wait(requestedMs, completedMs);
    },
    unanswered: (_shard, requestedMs, endMs) => wait(requestedMs, endMs),
    horizon: () => {},
    faultSeen: () => {},
    branch: () => {},
    recording: () => ({ partMs, issued, refused, worstStallMs, worstErrorMs }),
  };
}
