import { parentPort, workerData } from "node:worker_threads";
import { arrivals } from "../../load/arrivals.js";
import { faultsOf } from "../../time/placed-fault.js";
import { shardTime } from "../../time/shard-time.js";
import type { Life } from "../life.js";
import type { ThreadTask } from "./messages.js";
import { type LifeWorld, runLives } from "./run-lives.js";

/** The entry of a subject's thread. */
const task = workerData as ThreadTask;

function worldOf({ shard, copy }: Life): LifeWorld {
  const { scenario } = task;
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

await runLives(task, worldOf, (message) => parentPort?.postMessage(message));
