import { parentPort, workerData } from "node:worker_threads";
import { arrivals } from "../../load/arrivals.js";
import { faultsOf } from "../../time/placed-fault.js";
import { shardTime } from "../../time/shard-time.js";
import type { ThreadTask } from "./messages.js";
import { type ProcessWorld, runProcess } from "./run-process.js";

/** The entry of a subject's thread. */
const task = workerData as ThreadTask;

function worldOf({ scenario, life: { shard, copy } }: ThreadTask): ProcessWorld {
  const shown = shardTime(scenario, shard, copy);
  let unseen = faultsOf(scenario, shard).map(({ place }) => place);
  return {
    shown,
    arrivals: arrivals(scenario, shard),
    pace: scenario.load.kind === "saturating" ? "one-after-another" : "as-they-arrive",
    newlyShown(trueMs) {
      const seen = unseen.filter((fault) => shown.shows(fault, trueMs));
      if (seen.length > 0) unseen = unseen.filter((fault) => !seen.includes(fault));
      return seen;
    },
  };
}

await runProcess(task, worldOf(task), (message) => parentPort?.postMessage(message));
