/** Entry of a shard's worker thread: wires messages to the shard, holds no logic of its own. */
import { MessageChannel, parentPort, workerData } from "node:worker_threads";
import { expose } from "comlink";
import { toWire } from "../error-wire.js";
import type { ShardAnswer, ShardBirth, ShardTask } from "./messages.js";
import { createShardHost } from "./shard-host.js";

// Piscina hands its own array beside the data; the data are the second element.
const birth = (Array.isArray(workerData) ? workerData[1] : workerData) as ShardBirth;
const host = createShardHost(birth);

const control = new MessageChannel();
expose(host.control, control.port1 as never);
// A port that listens would keep the thread alive by itself.
control.port1.unref();
parentPort?.postMessage({ kind: "control", port: control.port2 }, [control.port2]);

export default async function run(task: ShardTask): Promise<ShardAnswer> {
  try {
    return await host.run(task);
  } catch (error) {
    return { kind: "failed", error: toWire(error) };
  }
}
