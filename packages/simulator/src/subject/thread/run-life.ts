import type { Life } from "../life.js";
import type { Stage } from "../replaced/stage.js";
import type { IdKind, Subject } from "../subject.js";
import { ProcessOver } from "./process-time.js";
import { readNumber, readText } from "./read-id.js";
import type { RecordWriter, Refusal } from "./records.js";
import type { Turns } from "./turns.js";

/** When how many IDs are asked for: the next request, until there is none and its time is infinite. */
export interface Arrivals {
  readonly atMs: number;
  readonly ids: number;
  advance(): void;
}

/** Whether requests come when they come, or each when the one before was answered, whatever its time says. */
export type Pace = "as-they-arrive" | "one-after-another";

/** What a life needs besides the stage. */
interface LifeOptions {
  readonly life: Life;
  readonly idKind: IdKind;
  readonly start: () => Subject | PromiseLike<Subject>;
  readonly arrivals: Arrivals;
  readonly pace: Pace;
  readonly turns: Turns;
  readonly records: RecordWriter;
  /** Called before every answer is told. */
  readonly answering: () => void;
}

/**
 * Runs one process: starts the subject and asks it for IDs, one after the other, as they are wanted. IDs that are wanted
 * at once are asked for when the one before was answered, as a loop does. What is wanted while the process is down is not
 * asked for.
 */
export async function runLife(stage: Stage, options: LifeOptions): Promise<void> {
  const { life, arrivals, pace, turns, records, answering } = options;
  const { time } = stage;
  const read = options.idKind === "text" ? readText : readNumber;
  let requestedMs = time.trueMs;

  const ask = async (subject: Subject): Promise<void> => {
    time.beginRequest();
    try {
      const answer = subject.next();
      const value = isPromise(answer) ? await turns.settle(answer) : answer;
      if (time.over) throw new ProcessOver();
      time.endRequest();
      answering();
      const id = read(value);
      if (id.kind === "number") records.add("issued", requestedMs, time.trueMs, time.errorMs, id.id);
      else if (id.kind === "text") records.addText("issued-text", requestedMs, time.trueMs, time.errorMs, id.text);
      else records.addText("misshapen", requestedMs, time.trueMs, time.errorMs, id.value);
    } catch (error) {
      if (time.over) throw new ProcessOver();
      time.endRequest();
      answering();
      records.addRefusal(requestedMs, time.trueMs, time.errorMs, refusalOf(error));
    }
  };

  try {
    const subject = await started(options.start, turns, () => time.over);
    const dueMs = (): number => (pace === "as-they-arrive" ? arrivals.atMs : time.trueMs);
    for (; dueMs() < life.toMs; arrivals.advance()) {
      if (dueMs() < life.fromMs) continue;
      requestedMs = dueMs();
      if (stage.timers.nextMs <= Math.max(requestedMs, time.trueMs)) await turns.catchUp(requestedMs);
      time.moveTo(requestedMs);
      for (let left = arrivals.ids; left > 0; left--) {
        await ask(subject);
        requestedMs = time.trueMs;
      }
    }
  } catch (error) {
    if (!(error instanceof ProcessOver)) throw error;
    if (requestedMs < time.trueMs) records.add("unanswered", requestedMs, time.trueMs, 0, 0n);
  }
}

/** A subject that cannot be started refuses everything with the same error. */
async function started(start: LifeOptions["start"], turns: Turns, over: () => boolean): Promise<Subject> {
  try {
    const subject = start();
    return isPromise(subject) ? await turns.settle(subject) : subject;
  } catch (error) {
    if (over()) throw new ProcessOver();
    return {
      next() {
        throw error;
      },
    };
  }
}

function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as PromiseLike<T> | null)?.then === "function";
}

/** Longest name of a refusal. */
const NAME_LENGTH = 100;

function refusalOf(error: unknown): Refusal {
  const { code, name, message }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  return {
    code: typeof code === "string" ? code : null,
    name: `${name}: ${message}`.replaceAll(/\d+/g, "#").slice(0, NAME_LENGTH),
  };
}
