import { extname } from "node:path";
import { MessageChannel, type MessagePort, type Worker } from "node:worker_threads";
import { ShardflakeError } from "@shardflake/core";
import { type Remote, wrap } from "comlink";
import { Piscina } from "piscina";
import { fromWire } from "../error-wire.js";
import { settle } from "../settle.js";
import { threadArguments } from "../thread-arguments.js";
import type { ChunkAnswer, ShardAnswer, ShardBirth, ShardTask } from "./messages.js";
import type { ShardControl } from "./shard-control.js";

/** A shard's worker thread as the main thread sees it. */
export interface ShardThread {
  /** Resolves once the thread runs and its machine IDs are open. @throws as {@link chunk} */
  ready(): Promise<void>;
  /** Tells the shard of a request. @throws as {@link chunk} */
  open(task: Extract<ShardTask, { kind: "open" }>): Promise<void>;
  /**
   * Has the task's buffer filled; `undefined` when the request is done.
   * @throws ShardflakeError `SHARD_CRASHED` when the thread died; whatever the shard threw, with class and code
   */
  chunk(task: Extract<ShardTask, { kind: "pull" | "backfill" }>): Promise<ChunkAnswer | undefined>;
  /** What can be asked between tasks; the same answer every time. */
  control(): Promise<Remote<ShardControl>>;
  /** Resolves once the thread has exited, whatever the reason. */
  readonly exited: Promise<void>;
  /** Kills the thread and waits for its exit. */
  close(): Promise<void>;
}

/** A task in work, two that wait for it, and one more request's: the thread never waits for the main thread. */
const TASKS_IN_FLIGHT = 4;

/**
 * Limits of a shard's heap in megabytes. A shard keeps little: reserved runs, and tables of digits. Left to itself each
 * of 32 threads would let its heap grow as if it were alone; a low limit has it collected earlier.
 */
function heapLimits(lanes: number): { maxYoungGenerationSizeMb: number; maxOldGenerationSizeMb: number } {
  return { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 8 + lanes };
}

const THREAD_FILE = new URL(`./shard-thread${extname(import.meta.url)}`, import.meta.url);

/** One thread under Piscina: a shard's tasks are a queue of their own, in order, because its machine IDs are its own. */
export function startShardThread(birth: ShardBirth): ShardThread {
  const execArgv = threadArguments();
  const piscina = new Piscina({
    filename: THREAD_FILE.href,
    workerData: birth,
    // Said aloud, V8's own flags would be refused; left out, they are inherited.
    ...(execArgv === undefined ? {} : { execArgv }),
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: TASKS_IN_FLIGHT,
    // With "sync" an idle worker would sit in Atomics.wait and answer no control message.
    atomics: "disabled",
    resourceLimits: heapLimits(birth.leases.length),
    recordTiming: false,
    workerHistogram: false,
  });
  // A thread that dies outside of a task is reported here too; the tasks that it takes with it are rejected anyway.
  piscina.on("error", () => {});
  const worker = piscina.threads[0] as Worker;
  // Not events.once(): that would reject when the thread dies of an error.
  const exited = new Promise<void>((resolve) => {
    worker.on("exit", () => resolve());
  });
  let control: Promise<Remote<ShardControl>> | undefined;

  const run = async (task: ShardTask, transferList: MessagePort[] = []): Promise<ShardAnswer> => {
    const answer = await (piscina.run(task, { transferList }) as Promise<ShardAnswer>).catch((cause: unknown) => {
      throw new ShardflakeError(
        "SHARD_CRASHED",
        "Expected the shard's thread to answer, but it died. Nothing it had not delivered counts as issued.",
        { cause },
      );
    });
    if (answer.kind === "failed") throw fromWire(answer.error);
    return answer;
  };

  const openControl = async (): Promise<Remote<ShardControl>> => {
    const { port1, port2 } = new MessageChannel();
    await run({ kind: "control", port: port2 }, [port2]);
    const remote = wrap<ShardControl>(port1 as never);
    port1.unref();
    return remote;
  };

  return {
    async ready() {
      await run({ kind: "ready" });
    },
    async open(task) {
      await run(task);
    },
    async chunk(task) {
      const answer = await run(task);
      return answer.kind === "chunk" ? answer : undefined;
    },
    control() {
      control ??= openControl();
      return control;
    },
    exited,
    async close() {
      await settle();
      await piscina.destroy();
      await exited;
    },
  };
}
