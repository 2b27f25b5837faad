/** The thread of own-worker-threads.ts: opens its ticket and issues with it, as a worker of yours would. */
import { parentPort, workerData } from "node:worker_threads";
import { openShard, type Ticket } from "@shardflake/pool";

const ids = await openShard(workerData as Ticket);
parentPort?.postMessage(Array.from({ length: 10_000 }, () => ids.next()));
