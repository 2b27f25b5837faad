/**
 * IDs in worker threads of your own, without a message per ID.
 *
 *     node dist/own-worker-threads.js [state directory]
 *
 * A ticket is a machine ID on its way to another thread. It can be sent like any data, and opened once.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { createPool, embeddedStore } from "@shardflake/pool";

const THREADS = 2;
const WORKER = new URL("./own-worker.js", import.meta.url);

const pool = await createPool({ shards: 0, store: embeddedStore(process.argv[2]) });
const answers = await Promise.all(
  Array.from({ length: THREADS }, async () => {
    const worker = new Worker(WORKER, { workerData: await pool.ticket() });
    const [ids] = (await once(worker, "message")) as [bigint[]];
    return ids;
  }),
);
await pool.close();

const all = answers.flat();
console.log(`${all.length} IDs from ${THREADS} threads, ${new Set(all).size} different`);
