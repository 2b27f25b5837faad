import { auditIds, joinReceived } from "../audit/audit-received.js";
import type { Cell } from "../cell.js";
import type { Load } from "../load/run-load.js";
import { monotonicMs } from "../process/clock-offset.js";
import { lostIds } from "./lost-ids.js";
import { longestGapMs, longestSilenceMs } from "./silence.js";
import { type Trial, underSteadyLoad } from "./trial.js";

/** What became of clients when one server was killed with SIGKILL, and started again at once. */
export interface KillResult {
  /** The longest that a client which survived waited for an ID; where none survived, the longest time without any ID. */
  readonly outageMs: number;
  /** IDs that were received while the server was away. */
  readonly idsMeanwhile: number;
  /** From the kill to the first ID of the server that was started again. */
  readonly backAfterMs: number;
  /** Numbers that were used up and reached nobody. */
  readonly idsLost: Cell<number>;
  readonly duplicates: number;
}

const BACK_WITHIN_MS = 20_000;

export async function measureKill(trial: Trial): Promise<KillResult> {
  const { running, signal } = trial;
  let [killedMs, backMs] = [0, 0];
  const { received } = await underSteadyLoad(trial, async (load) => {
    killedMs = monotonicMs();
    const before = new Set(running.servers());
    const { restart } = await running.kill();
    const back = firstId(load, (server) => !before.has(server));
    // It is waited for below, also when the restart fails before that.
    back.catch(() => {});
    for (const agent of await restart()) load.join(agent);
    backMs = await back;
  });
  trial.received.push(received);
  const { duplicates } = await auditIds(joinReceived([received]), signal);
  return {
    outageMs: longestSilenceMs(received, killedMs) ?? longestGapMs(received, killedMs),
    idsMeanwhile: received.completedMs.filter((atMs) => atMs > killedMs && atMs < backMs).length,
    backAfterMs: backMs - killedMs,
    idsLost: lostIds(received, running.gaps),
    duplicates,
  };
}

/** When the first ID of such a server was received. */
function firstId(load: Load, isWanted: (server: number) => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`no ID came within ${BACK_WITHIN_MS} ms`));
    const timer = setTimeout(late, BACK_WITHIN_MS).unref();
    load.onSamples(({ server, completedMs }) => {
      const at = server.findIndex(isWanted);
      if (at < 0) return;
      clearTimeout(timer);
      resolve(completedMs[at]!);
    });
  });
}
