import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type PoolFigures, type PoolShape, peakMegabytes, startMeter } from "./pool-figures.js";

const THREAD = fileURLToPath(new URL("./spinning-thread.js", import.meta.url));

const IDS_PER_MS = 4096;

/** What a thread of {@link spinning} is told. */
export interface SpinningOrder {
  readonly machineId: number;
  readonly idsPerMs: number;
  /** At 0 for how many milliseconds, once it is time to begin; behind it what each thread counted. */
  readonly board: SharedArrayBuffer;
}

/** The usual way: a machine ID for each thread, and a loop that waits for the next millisecond by asking for the time. */
export async function spinning({ shards }: PoolShape, forMs: number): Promise<PoolFigures> {
  const board = new SharedArrayBuffer((shards + 1) * 8);
  const counters = new BigInt64Array(board);
  const threads = Array.from({ length: shards }, (_, machineId) => {
    return new Worker(THREAD, { workerData: { machineId, idsPerMs: IDS_PER_MS, board } satisfies SpinningOrder });
  });
  await Promise.all(threads.map((thread) => once(thread, "message")));
  const meter = startMeter();
  const ended = threads.map((thread) => once(thread, "exit"));
  Atomics.store(counters, 0, BigInt(forMs));
  Atomics.notify(counters, 0);
  await Promise.all(ended);
  const { seconds, cores } = meter();
  const issued = Number(counters.subarray(1).reduce((sum, count) => sum + count, 0n));
  return {
    idsPerSecond: issued / seconds,
    share: issued / (seconds * 1000 * shards * IDS_PER_MS),
    lagMs: 0,
    cores,
    megabytes: peakMegabytes(),
    outOfOrder: 0,
  };
}
