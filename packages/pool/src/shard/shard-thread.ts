/** Entry of a shard's worker thread: wires messages to the shard, holds no logic of its own. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { toWire } from "../error-wire.js";
import type { ShardAnswer, ShardBirth, ShardTask } from "./messages.js";
import { createShardHost } from "./shard-host.js";

// Piscina hands its own array beside the data; the data are the second element.
const birth = (Array.isArray(workerData) ? workerData[1] : workerData) as ShardBirth;
const host = createShardHost(birth);

export default async function run(task: ShardTask): Promise<ShardAnswer> {
  // Node hands over up to 1000 messages of one port before it looks at anything else, and a busy stream is always ready
  // with the next: without a turn of the loop between tasks, control messages would wait for seconds.
  await nextTurn();
  try {
    if (task.kind !== "control") return await host.run(task);
    const { expose } = await import("comlink");
    expose(host.control, task.port as never);
    // A port that listens would keep the thread alive by itself.
    task.port.unref();
    return { kind: "ready" };
  } catch (error) {
    return { kind: "failed", error: toWire(error) };
  }
}
