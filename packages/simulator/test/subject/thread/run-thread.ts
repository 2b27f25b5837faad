import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { SCENARIO_FORMAT, type Scenario } from "../../../src/scenario/scenario.js";
import type { Life } from "../../../src/subject/life.js";
import { PULSE_CELLS, type ThreadMessage, type ThreadTask } from "../../../src/subject/thread/messages.js";
import { RECORD_KINDS, type RecordKind } from "../../../src/subject/thread/records.js";

/** Long ago, so that a reading of the real clock cannot be mistaken for a simulated one. */
export const START_MS: number = Date.UTC(2001, 0, 1);

export const DURATION_MS = 100;

const SCENARIO: Scenario = {
  format: SCENARIO_FORMAT,
  seed: 7,
  startMs: START_MS,
  durationMs: DURATION_MS,
  shards: 1,
  layout: { epoch: Date.UTC(2000, 0, 1) },
  windowMs: 6000,
  load: { kind: "steady", idsPerSecond: 1000 },
  faults: [],
  bounds: { stallMs: 100, served: 1, recoveryMs: 100 },
};

const LIFE: Life = {
  shard: 0,
  copy: "original",
  generation: 1,
  origin: null,
  fromMs: 0,
  toMs: DURATION_MS,
  end: "scenario-over",
  standstills: [],
};

export interface PlainRecord {
  readonly kind: RecordKind;
  readonly requestedMs: number;
  readonly completedMs: number;
  readonly what: bigint | string;
}

export interface ThreadRun {
  readonly records: readonly PlainRecord[];
  readonly messages: readonly ThreadMessage[];
}

/** Runs a subject of the folder beside in a thread of its own, with true time and one request a millisecond. */
export async function runThread(file: string): Promise<ThreadRun> {
  const subject = fileURLToPath(new URL(`../subjects/${file}`, import.meta.url));
  const task: ThreadTask = {
    scenario: SCENARIO,
    href: pathToFileURL(subject).href,
    life: LIFE,
    graceMs: 1000,
    pulse: new SharedArrayBuffer(PULSE_CELLS * 4),
  };
  const messages: ThreadMessage[] = [];
  const worker = new Worker(new URL("./true-time-thread.mjs", import.meta.url), { workerData: task });
  worker.on("message", (message: ThreadMessage) => messages.push(message));
  await new Promise<void>((resolve, reject) => worker.on("error", reject).on("exit", () => resolve()));
  return { messages, records: messages.flatMap((message) => (message.kind === "records" ? plain(message.batch) : [])) };
}

function plain(batch: Extract<ThreadMessage, { kind: "records" }>["batch"]): readonly PlainRecord[] {
  const texts = [...batch.texts];
  const refusals = [...batch.refusals];
  return Array.from({ length: batch.count }, (_, at) => {
    const kind = RECORD_KINDS[batch.kinds[at]!]!;
    const text = kind === "issued-text" || kind === "misshapen" ? texts.shift() : undefined;
    return {
      kind,
      requestedMs: batch.requestedMs[at]!,
      completedMs: batch.completedMs[at]!,
      what: text ?? (kind === "refused" ? refusals.shift()!.name : batch.ids[at]!),
    };
  });
}
