import { type Clock, defineLayout } from "@shardflake/core";
import type { Life } from "../life.js";
import { replaceGlobals } from "../replaced/replace-globals.js";
import type { Stage } from "../replaced/stage.js";
import { seatOf } from "../seat.js";
import { createImportFresh } from "./import-fresh.js";
import { createKeystream } from "./keystream.js";
import { BEAT_CELL, READS_CELL, SHARE_CELL, type ThreadMessage, type ThreadTask } from "./messages.js";
import { createProcessTime, ProcessOver, type ProcessTime, type ShownTime } from "./process-time.js";
import { createRecordWriter } from "./records.js";
import { type Arrivals, type Pace, runLife } from "./run-life.js";
import { type DeclaredSubject, subjectInModule } from "./subject-in-module.js";
import { createTimerQueue } from "./timer-queue.js";
import { createTurns } from "./turns.js";

/** What a scenario means for one process. */
export interface LifeWorld {
  readonly shown: ShownTime;
  readonly arrivals: Arrivals;
  readonly pace: Pace;
  /** The faults, by their place, that the process's clock shows at this time and has not shown before. */
  newlyShown(trueMs: number): readonly number[];
}

/**
 * Runs lives one after the other in this thread, which belongs to the subject from now on: its globals are replaced and
 * stay so. A module that cannot be loaded, or is no subject, ends it at once; where it could be loaded before, the process
 * refuses everything.
 */
export async function runLives(
  task: ThreadTask,
  worldOf: (life: Life) => LifeWorld,
  post: (message: ThreadMessage) => void,
): Promise<void> {
  try {
    await runEach(task, worldOf, post);
  } catch (error) {
    post({ kind: "broken", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

async function runEach(
  task: ThreadTask,
  worldOf: (life: Life) => LifeWorld,
  post: (message: ThreadMessage) => void,
): Promise<void> {
  const { scenario, lives, href } = task;
  const pulse = new Int32Array(task.pulse);
  const importFresh = createImportFresh();
  let strays = 0;
  const stray = (error: unknown): void => {
    if (!(error instanceof ProcessOver)) strays++;
  };
  process.on("uncaughtException", stray);
  process.on("unhandledRejection", stray);

  const load = async (
    number: number,
  ): Promise<DeclaredSubject | { readonly create: () => never; readonly error: unknown }> => {
    try {
      return subjectInModule(await importFresh(href, number));
    } catch (error) {
      const create = (): never => {
        throw error;
      };
      return { create, error };
    }
  };

  let stage: Stage | undefined;
  let first: DeclaredSubject | undefined;
  for (let number = task.firstLife; number < lives.length; number++) {
    const life = lives[number]!;
    const { shown, arrivals, pace, newlyShown } = worldOf(life);
    const records = createRecordWriter((batch) => post({ kind: "records", life: number, batch }));
    const seen = (fault: number): void => records.add("fault-seen", time.trueMs, time.trueMs, 0, BigInt(fault));
    const time: ProcessTime = createProcessTime({
      shown,
      life,
      startMs: scenario.startMs,
      graceMs: task.graceMs,
      stoodStill: seen,
    });
    const acting: Stage = {
      time,
      timers: createTimerQueue(),
      randomBytes: createKeystream(scenario.seed, life),
      originMonotonicMs: shown.monotonicMs(life.fromMs),
      originWallMs: shown.wallMs(life.fromMs),
    };
    if (stage === undefined) {
      stage = acting;
      replaceGlobals(stage);
    } else Object.assign(stage, acting);

    const loaded = await load(number);
    if (first === undefined) {
      if ("error" in loaded) return post(unloadable(loaded.error));
      first = loaded;
      post({ kind: "loaded", layout: first.layout, idKind: first.idKind });
    }
    const layout = defineLayout({ ...scenario.layout, ...first.layout });
    let origin = life.origin;
    Atomics.add(pulse, BEAT_CELL, 1);
    await runLife(stage, {
      life,
      idKind: first.idKind,
      start: () => loaded.create({ clock: clockOf(time), layout, ...seatOf(layout, life.shard) }),
      arrivals,
      pace,
      turns: createTurns(stage, stray),
      records,
      answered() {
        Atomics.add(pulse, BEAT_CELL, 1);
        Atomics.store(pulse, SHARE_CELL, Math.floor((1000 * (time.trueMs - life.fromMs)) / (life.toMs - life.fromMs)));
        Atomics.store(pulse, READS_CELL, time.reads);
        for (const fault of newlyShown(time.trueMs)) seen(fault);
        if (origin !== null) seen(origin);
        origin = null;
      },
    });
    records.flush();
    Atomics.store(pulse, READS_CELL, 0);
    post({ kind: "lived", life: number, reads: time.reads, strays });
    strays = 0;
  }
  post({ kind: "done" });
}

/** The clock that a subject may take instead of reading `Date`. */
function clockOf(time: ProcessTime): Clock {
  return {
    now: () => Math.floor(time.wallMs()),
    monotonic: () => time.monotonicMs(),
    sleep: (ms) => time.sleep(ms),
  };
}

function unloadable(error: unknown): ThreadMessage {
  const { code, message }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  return { kind: "unloadable", code: code ?? null, message };
}
