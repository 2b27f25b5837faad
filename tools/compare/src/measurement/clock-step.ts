import { auditIds, joinReceived } from "../audit/audit-received.js";
import { type Inversion, largestInversion } from "../audit/largest-inversion.js";
import { type Cell, measured } from "../cell.js";
import { monotonicMs } from "../process/clock-offset.js";
import { longestSilenceMs } from "./silence.js";
import { type Trial, underSteadyLoad } from "./trial.js";

/** What became of clients when the clocks of all servers stepped back. */
export interface ClockStepResult {
  /** What the clocks then were off, as each server saw it: that of the one that was least off. */
  readonly seenMs: number;
  readonly duplicates: number;
  readonly inversion: Inversion;
  readonly silenceMs: number;
  /** Requests that were refused. */
  readonly refusals: number;
}

const STEP_MS = -1000;

export async function measureClockStep(trial: Trial): Promise<Cell<ClockStepResult>> {
  const { running, signal } = trial;
  let steppedMs = 0;
  const { result, cell } = await withClocksBack();
  if (cell.kind === "unmeasured") return cell;
  const { received, failures } = result;
  trial.received.push(received);
  const values = joinReceived([received]);
  const { duplicates } = await auditIds(values, signal);
  return measured({
    seenMs: Math.max(...cell.value),
    duplicates,
    inversion: largestInversion({ ...received, values }),
    silenceMs: longestSilenceMs(received, steppedMs) ?? Number.NaN,
    refusals: failures,
  });

  async function withClocksBack() {
    let cell: Cell<readonly number[]> | undefined;
    try {
      const result = await underSteadyLoad(trial, async () => {
        steppedMs = monotonicMs();
        cell = await running.setClock(STEP_MS);
      });
      return { result, cell: cell! };
    } finally {
      await running.setClock(0);
    }
  }
}
