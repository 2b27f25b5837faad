/** Opens a ticket in this thread and issues with it; answers with the IDs, or with the code of the error. */
import { parentPort, workerData } from "node:worker_threads";
import { openShard } from "@shardflake/pool";

try {
  const generator = await openShard(workerData.ticket);
  const ids = new BigUint64Array(workerData.count);
  generator.fill(ids);
  parentPort.postMessage({ ids });
} catch ({ code }) {
  parentPort.postMessage({ code });
}
