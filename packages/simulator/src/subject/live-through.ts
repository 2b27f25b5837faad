import { Worker } from "node:worker_threads";
import type { LayoutOptions } from "@shardflake/core";
import type { Scenario } from "../scenario/scenario.js";
import type { Life } from "./life.js";
import type { IdKind } from "./subject.js";
import {
  BEAT_CELL,
  PULSE_CELLS,
  READS_CELL,
  SHARE_CELL,
  type ThreadMessage,
  type ThreadTask,
} from "./thread/messages.js";
import type { RecordBatch } from "./thread/records.js";

/** What {@link liveThrough} takes. */
export interface LiveThroughOptions {
  readonly scenario: Scenario;
  readonly href: string;
  readonly lives: readonly Life[];
  readonly graceMs: number;
  /** Real time for all lives together. */
  readonly budgetMs: number;
  /** Real time without an answer after which the thread is ended; loading the module is given 20 s at least. */
  readonly hangMs: number;
  readonly signal: AbortSignal | undefined;
  /** Told how many lives are over, with the present one as a fraction. */
  readonly onProgress: (lives: number) => void;
}

/** How a life ended: as it should, by force since nothing came any more, by an end of the thread, or not at all. */
export type LifeEnd = "lived" | "hung" | "crashed" | "not-run";

/** What came of the lives. */
export interface LivedThrough {
  /** What the module declares; nothing where it hung, crashed or came to the end of the budget while it was loaded. */
  readonly layout: LayoutOptions;
  readonly idKind: IdKind;
  /** For each life, its records in the order of their completion. */
  readonly batches: readonly (readonly RecordBatch[])[];
  readonly ends: readonly LifeEnd[];
  /** Reads of replaced clocks. */
  readonly reads: number;
  /** Errors that nobody caught. */
  readonly strays: number;
}

/** Why a module is no subject. */
export type Unloadable = Extract<ThreadMessage, { readonly kind: "unloadable" }>;

/** How often the thread's pulse is felt. */
const LOOK_MS = 50;

/** What starting a thread and loading a module may take on a busy machine. */
const LOAD_MS = 20_000;

/**
 * Runs the lives of a subject in threads: one for all, and another for what is left when one must be ended or ends by
 * itself. What a thread had not yet told when it was ended is lost, a few hundred records at most.
 *
 * @throws the signal's reason when it was aborted
 */
export async function liveThrough(options: LiveThroughOptions): Promise<LivedThrough | Unloadable> {
  const { lives } = options;
  const heard = new Heard(lives.length);
  const endsAt = performance.now() + options.budgetMs;
  while (heard.present < lives.length) {
    const end = await oneThread(options, heard, endsAt);
    if (heard.unloadable !== null) return heard.unloadable;
    if (end === "not-run") break;
    if (end !== "lived") heard.endPresent(end);
    // It will not load in another thread either.
    if (heard.declared === null) break;
  }
  return heard.whole();
}

/** What threads told so far. */
class Heard {
  declared: Extract<ThreadMessage, { kind: "loaded" }> | null = null;
  unloadable: Unloadable | null = null;
  /** The life that is being lived. */
  present = 0;
  reads = 0;
  readonly #batches: readonly RecordBatch[][];
  readonly #ends: LifeEnd[];
  #strays = 0;

  constructor(lives: number) {
    this.#batches = Array.from({ length: lives }, () => []);
    this.#ends = Array.from({ length: lives }, () => "not-run");
  }

  hear(message: ThreadMessage): void {
    switch (message.kind) {
      case "loaded":
        this.declared = message;
        break;
      case "unloadable":
        this.unloadable = message;
        break;
      case "records":
        this.#batches[message.life]!.push(message.batch);
        break;
      case "lived":
        this.reads += message.reads;
        this.#strays += message.strays;
        this.endPresent("lived");
        break;
      case "broken":
        throw new Error(`The simulator's own part of a subject's thread failed: ${message.message}`);
    }
  }

  endPresent(end: LifeEnd): void {
    this.#ends[this.present++] = end;
  }

  whole(): LivedThrough {
    return {
      layout: this.declared?.layout ?? {},
      idKind: this.declared?.idKind ?? "number",
      batches: this.#batches,
      ends: this.#ends,
      reads: this.reads,
      strays: this.#strays,
    };
  }
}

/** Runs one thread from the present life on. Returns how that life ended, if the thread did not end by itself. */
async function oneThread(options: LiveThroughOptions, heard: Heard, endsAt: number): Promise<LifeEnd> {
  const { scenario, href, lives, graceMs, hangMs, signal, onProgress } = options;
  signal?.throwIfAborted();
  const task: ThreadTask = {
    scenario,
    href,
    lives,
    firstLife: heard.present,
    graceMs,
    pulse: new SharedArrayBuffer(PULSE_CELLS * Int32Array.BYTES_PER_ELEMENT),
  };
  const pulse = new Int32Array(task.pulse);
  // What the subject prints is not ours to show.
  const worker = new Worker(new URL("./thread/subject-thread.js", import.meta.url), {
    workerData: task,
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const looks: { timer?: NodeJS.Timeout; onAbort?: () => void } = {};
  try {
    return await new Promise<LifeEnd>((resolve, reject) => {
      let beat = -1;
      let quietMs = 0;
      // Looks are counted, not the time between them, so that a machine that stood still suspects nobody.
      looks.timer = setInterval(() => {
        const now = Atomics.load(pulse, BEAT_CELL);
        quietMs = now === beat ? quietMs + LOOK_MS : 0;
        beat = now;
        onProgress(heard.present + Atomics.load(pulse, SHARE_CELL) / 1000);
        if (signal?.aborted) reject(signal.reason);
        else if (performance.now() >= endsAt) resolve("not-run");
        else if (quietMs >= (now === 0 ? Math.max(LOAD_MS, hangMs) : hangMs)) resolve("hung");
      }, LOOK_MS);
      looks.onAbort = () => reject(signal?.reason);
      signal?.addEventListener("abort", looks.onAbort, { once: true });
      worker.on("message", (message: ThreadMessage) => {
        try {
          heard.hear(message);
          if (message.kind === "done" || message.kind === "unloadable") resolve("lived");
        } catch (error) {
          reject(error);
        }
      });
      worker.on("error", () => resolve("crashed"));
      worker.on("exit", () => resolve("crashed"));
    });
  } finally {
    clearInterval(looks.timer);
    if (looks.onAbort !== undefined) signal?.removeEventListener("abort", looks.onAbort);
    await worker.terminate();
    heard.reads += Atomics.load(pulse, READS_CELL);
  }
}
