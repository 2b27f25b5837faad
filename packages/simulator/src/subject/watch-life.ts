import { Worker } from "node:worker_threads";
import {
  BEAT_CELL,
  PULSE_CELLS,
  READS_CELL,
  SHARE_CELL,
  type ThreadMessage,
  type ThreadTask,
} from "./thread/messages.js";

/** How a life ended: as it should, by force since nothing came any more, by an end of the thread, or for lack of time. */
export type LifeEnd = "lived" | "hung" | "crashed" | "out-of-time";

/** What {@link watchLife} takes. */
export interface WatchLifeOptions {
  readonly task: Omit<ThreadTask, "pulse">;
  /** Real time without an answer after which the thread is ended; loading the module is given 20 s at least. */
  readonly hangMs: number;
  /** Reading of `performance` at which the thread is ended in any case. */
  readonly endsAt: number;
  readonly signal: AbortSignal;
  /** Told now and then how much of the life is over, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly hear: (message: ThreadMessage) => void;
}

/** What became of a life. */
export interface WatchedLife {
  readonly end: LifeEnd;
  /** Reads of replaced clocks. */
  readonly reads: number;
}

/** How often the thread's pulse is felt. */
const LOOK_MS = 50;

/** What starting a thread and loading a module may take on a busy machine. */
const LOAD_MS = 20_000;

/**
 * Runs one process of a subject in a thread of its own, until its life is over or must be ended. What the thread had not
 * yet told when it was ended is lost, a few hundred records at most.
 *
 * @throws the signal's reason when it was aborted
 */
export async function watchLife(options: WatchLifeOptions): Promise<WatchedLife> {
  options.signal.throwIfAborted();
  const pulse = new Int32Array(new SharedArrayBuffer(PULSE_CELLS * Int32Array.BYTES_PER_ELEMENT));
  const task: ThreadTask = { ...options.task, pulse: pulse.buffer as SharedArrayBuffer };
  // What the subject prints is not ours to show.
  const worker = new Worker(new URL("./thread/subject-thread.js", import.meta.url), {
    workerData: task,
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const watch = new AbortController();
  try {
    const end = await ended(worker, pulse, options, watch.signal);
    return { end, reads: Atomics.load(pulse, READS_CELL) };
  } finally {
    watch.abort();
    await worker.terminate();
  }
}

function ended(worker: Worker, pulse: Int32Array, options: WatchLifeOptions, over: AbortSignal): Promise<LifeEnd> {
  const { hangMs, endsAt, signal, onProgress, hear } = options;
  return new Promise((resolve, reject) => {
    let beat = 0;
    let quietMs = 0;
    // Looks are counted, not the time between them, so that a machine that stood still suspects nobody.
    const timer = setInterval(() => {
      const now = Atomics.load(pulse, BEAT_CELL);
      quietMs = now === beat ? quietMs + LOOK_MS : 0;
      beat = now;
      onProgress(Atomics.load(pulse, SHARE_CELL) / 1000);
      if (performance.now() >= endsAt) resolve("out-of-time");
      else if (quietMs >= (now === 0 ? Math.max(LOAD_MS, hangMs) : hangMs)) resolve("hung");
    }, LOOK_MS);
    over.addEventListener("abort", () => clearInterval(timer));
    signal.addEventListener("abort", () => reject(signal.reason), { signal: over });
    worker.on("message", (message: ThreadMessage) => {
      try {
        hear(message);
        if (message.kind === "lived") resolve("lived");
        else if (message.kind === "unloadable") resolve("crashed");
      } catch (error) {
        reject(error);
      }
    });
    worker.on("error", () => resolve("crashed"));
    worker.on("exit", () => resolve("crashed"));
  });
}
