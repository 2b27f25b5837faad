import { availableParallelism } from "node:os";
import type { LayoutOptions } from "@shardflake/core";
import type { Scenario } from "../scenario/scenario.js";
import type { Life } from "./life.js";
import type { IdKind } from "./subject.js";
import type { ThreadMessage, Unloadable } from "./thread/messages.js";
import type { RecordBatch } from "./thread/records.js";
import { type LifeEnd, watchLife } from "./watch-life.js";

/** What {@link liveThrough} takes. */
export interface LiveThroughOptions {
  readonly scenario: Scenario;
  readonly href: string;
  readonly lives: readonly Life[];
  readonly graceMs: number;
  /** Real time for all lives together. */
  readonly budgetMs: number;
  readonly hangMs: number;
  readonly signal: AbortSignal | undefined;
  /** Told how many lives are over, with fractions. */
  readonly onProgress: (lives: number) => void;
}

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

/**
 * Runs the lives of a subject, each in a thread of its own, as many at a time as the machine has processors: what one
 * leaves behind in its modules and globals is gone with it, as with a process.
 *
 * @returns why the module is no subject, if that is so
 * @throws the signal's reason when it was aborted
 */
export async function liveThrough(options: LiveThroughOptions): Promise<LivedThrough | Unloadable> {
  const { scenario, href, graceMs, lives, hangMs, signal, onProgress } = options;
  const heard = new Heard(lives.length);
  const endsAt = performance.now() + options.budgetMs;
  const stop = new AbortController();
  const shares = lives.map(() => 0);
  const waiting = lives.keys();
  const liveOn = async (): Promise<void> => {
    for (const number of waiting) {
      const { end, reads } = await watchLife({
        task: { scenario, href, life: lives[number]!, graceMs },
        hangMs,
        endsAt,
        signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
        onProgress(share) {
          shares[number] = share;
          onProgress(shares.reduce((sum, part) => sum + part, 0));
        },
        hear: (message) => heard.hear(number, message),
      });
      heard.end(number, end, reads);
      shares[number] = 1;
      if (heard.isUnloadable) return;
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, liveOn));
  } finally {
    stop.abort();
  }
  return heard.result();
}

/** What the threads told. */
class Heard {
  #unloadable: Unloadable | null = null;
  #declared: Extract<ThreadMessage, { kind: "loaded" }> | null = null;
  readonly #batches: readonly RecordBatch[][];
  readonly #ends: LifeEnd[];
  #reads = 0;
  #strays = 0;

  constructor(lives: number) {
    this.#batches = Array.from({ length: lives }, () => []);
    this.#ends = Array.from({ length: lives }, () => "out-of-time");
  }

  hear(life: number, message: ThreadMessage): void {
    switch (message.kind) {
      case "loaded":
        this.#declared = message;
        break;
      case "unloadable":
        this.#unloadable = message;
        break;
      case "records":
        this.#batches[life]!.push(message.batch);
        break;
      case "lived":
        this.#strays += message.strays;
        break;
      case "broken":
        throw new Error(`The simulator's own part of a subject's thread failed: ${message.message}`);
    }
  }

  end(life: number, end: LifeEnd, reads: number): void {
    this.#ends[life] = end;
    this.#reads += reads;
  }

  /** Whether it could not be loaded, as far as is known: in another process, with another clock, it may. */
  get isUnloadable(): boolean {
    return this.#unloadable !== null && this.#declared === null;
  }

  result(): LivedThrough | Unloadable {
    if (this.#unloadable !== null && this.#declared === null) return this.#unloadable;
    return {
      layout: this.#declared?.layout ?? {},
      idKind: this.#declared?.idKind ?? "number",
      batches: this.#batches,
      ends: this.#ends,
      reads: this.#reads,
      strays: this.#strays,
    };
  }
}
