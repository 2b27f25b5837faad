import { auditIds, joinReceived } from "../audit/audit-received.js";
import type { Way } from "../designs/design.js";
import type { Load } from "../load/run-load.js";
import { monotonicMs } from "../process/clock-offset.js";
import { longestSilenceMs } from "./silence.js";
import { type After, NO_MORE, type Trial, underSteadyLoad } from "./trial.js";

/** What became of clients while a server was added or removed. */
export interface ChangeResult {
  readonly what: string;
  /** How long the operation took. */
  readonly tookMs: number;
  /** The longest that a client which stayed waited for an ID from its beginning on; NaN where none stayed. */
  readonly silenceMs: number;
  readonly ids: number;
  readonly duplicates: number;
  /** Requests that were refused, by a database for instance that had a number already. */
  readonly refusals: number;
}

/** Whether its IDs must be different from all others: an operation that is known to be unsafe is shown, not blamed. */
export type Standing = "counts" | "is a demonstration";

/** A demonstration goes on until whoever is added or removed has had its effect. */
const DEMONSTRATION: After = { ids: 4000, atMostMs: 2000 };

export async function measureChange(trial: Trial, way: Way, outcome: Standing): Promise<ChangeResult> {
  let [beganMs, endedMs] = [0, 0];
  const act = async (load: Load): Promise<void> => {
    beganMs = monotonicMs();
    for (const agent of await way.run()) load.join(agent);
    endedMs = monotonicMs();
  };
  const after = outcome === "counts" ? NO_MORE : DEMONSTRATION;
  const { received, failures } = await underSteadyLoad(trial, act, after);
  if (outcome === "counts") trial.received.push(received);
  // What a careless change repeats may have been received long before it.
  const among = outcome === "counts" ? [received] : [...trial.received, received];
  const { duplicates } = await auditIds(joinReceived(among), trial.signal);
  return {
    what: way.what,
    tookMs: endedMs - beganMs,
    silenceMs: longestSilenceMs(received, beganMs) ?? Number.NaN,
    ids: received.requests,
    duplicates,
    refusals: failures,
  };
}
