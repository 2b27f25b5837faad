import { type Clock, defineLayout } from "@shardflake/core";
import { replaceGlobals } from "../replaced/replace-globals.js";
import type { Stage } from "../replaced/stage.js";
import { seatOf } from "../seat.js";
import { createKeystream } from "./keystream.js";
import { BEAT_CELL, READS_CELL, SHARE_CELL, type ThreadMessage, type ThreadTask, type Unloadable } from "./messages.js";
import { createProcessTime, ProcessOver, type ProcessTime, type ShownTime } from "./process-time.js";
import { createRecordWriter, type RecordWriter } from "./records.js";
import { type Arrivals, type Pace, runLife } from "./run-life.js";
import { type DeclaredSubject, subjectInModule } from "./subject-in-module.js";
import { createTimerQueue } from "./timer-queue.js";
import { createTurns } from "./turns.js";

/** What a scenario means for one process. */
export interface ProcessWorld {
  readonly shown: ShownTime;
  readonly arrivals: Arrivals;
  readonly pace: Pace;
  /** The faults, by their place, that the process's clock shows at this time and has not shown before. */
  newlyShown(trueMs: number): readonly number[];
}

/** Runs one process in this thread, which belongs to the subject from now on: its globals are replaced and stay so. */
export async function runProcess(
  task: ThreadTask,
  world: ProcessWorld,
  post: (message: ThreadMessage) => void,
): Promise<void> {
  try {
    post(await run(task, world, post));
  } catch (error) {
    post({ kind: "broken", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

async function run(
  task: ThreadTask,
  world: ProcessWorld,
  post: (message: ThreadMessage) => void,
): Promise<ThreadMessage> {
  const { scenario, life } = task;
  const pulse = new Int32Array(task.pulse);
  let strays = 0;
  const stray = (error: unknown): void => {
    if (!(error instanceof ProcessOver)) strays++;
  };
  const records: RecordWriter = createRecordWriter((batch) => post({ kind: "records", batch }));
  const seen = (fault: number): void => records.add("fault-seen", time.trueMs, time.trueMs, 0, BigInt(fault));
  const time: ProcessTime = createProcessTime({
    shown: world.shown,
    life,
    startMs: scenario.startMs,
    graceMs: task.graceMs,
    stoodStill: seen,
  });
  const stage = stageOf(task, world, time);
  replaceGlobals(stage);
  process.on("uncaughtException", stray);
  process.on("unhandledRejection", stray);

  let declared: DeclaredSubject;
  try {
    declared = subjectInModule((await import(task.href)) as Readonly<Record<string, unknown>>);
  } catch (error) {
    return unloadable(error);
  }
  const layout = defineLayout({ ...scenario.layout, ...declared.layout });
  if (layout.machines < scenario.shards) return tooFewMachineIds(layout.machines, scenario.shards);
  post({ kind: "loaded", layout: declared.layout, idKind: declared.idKind });
  Atomics.add(pulse, BEAT_CELL, 1);

  let { origin } = life;
  await runLife(stage, {
    life,
    idKind: declared.idKind,
    start: () => declared.create({ clock: clockOf(time), layout, ...seatOf(layout, life.shard) }),
    arrivals: world.arrivals,
    pace: world.pace,
    turns: createTurns(stage, stray),
    records,
    answering() {
      Atomics.add(pulse, BEAT_CELL, 1);
      Atomics.store(pulse, SHARE_CELL, Math.floor((1000 * (time.trueMs - life.fromMs)) / (life.toMs - life.fromMs)));
      Atomics.store(pulse, READS_CELL, time.reads);
      for (const fault of world.newlyShown(time.trueMs)) seen(fault);
      if (origin !== null) seen(origin);
      origin = null;
    },
  });
  Atomics.store(pulse, READS_CELL, time.reads);
  records.flush();
  return { kind: "lived", strays };
}

function stageOf({ scenario, life }: ThreadTask, { shown }: ProcessWorld, time: ProcessTime): Stage {
  return {
    time,
    timers: createTimerQueue(),
    randomBytes: createKeystream(scenario.seed, life),
    originMonotonicMs: shown.monotonicMs(life.fromMs),
    originWallMs: shown.wallMs(life.fromMs),
  };
}

/** The clock that a subject may take instead of reading `Date`. */
function clockOf(time: ProcessTime): Clock {
  return {
    now: () => Math.floor(time.wallMs()),
    monotonic: () => time.monotonicMs(),
    sleep: (ms) => time.sleep(ms),
  };
}

function tooFewMachineIds(machines: number, shards: number): Unloadable {
  const message = `${shards} shards do not fit a layout with ${machines} machine IDs`;
  return { kind: "unloadable", code: null, message };
}

function unloadable(error: unknown): Unloadable {
  const { code, message }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  return { kind: "unloadable", code: code ?? null, message };
}
