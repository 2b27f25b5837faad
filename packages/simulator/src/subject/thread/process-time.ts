import type { Life } from "../life.js";

/** What a shard's clocks show at a true time. */
export interface ShownTime {
  wallMs(trueMs: number): number;
  monotonicMs(trueMs: number): number;
}

/**
 * True time that a clock read or a call of `next` takes, in milliseconds. `Date.now()` took 38 ns on the machine that
 * this was written on, and generators 70 to 160 ns an ID; much more, and no process could exhaust a sequence of 12 bits
 * within a millisecond.
 */
export const STEP_MS = 0.00005;

/**
 * Who only reads the clock is waiting for it. A read costs at least this part of the time that the request has taken so
 * far, so that a wait of any length is over after a few thousand reads, and ends at most 0.4 % late.
 */
const PATIENCE = 1 / 256;

/** Between two numbers next to one another that are Unix milliseconds of today. */
const READING_RESOLUTION_MS = 2 ** -12;

/** Thrown out of a clock read, a sleep or a wait when the process ends meanwhile. Whatever the subject does then is void. */
export class ProcessOver extends Error {
  constructor() {
    super("The simulated process is over.");
    this.name = "ProcessOver";
  }
}

/** True time as one process lives through it. Its clocks are read here; reading takes time, and only here time passes. */
export interface ProcessTime {
  /** Milliseconds since the start of the scenario. */
  readonly trueMs: number;
  /** Clock reads so far. */
  readonly reads: number;
  readonly over: boolean;
  /** Largest error of the clock in the present request, see {@link beginRequest}. */
  readonly errorMs: number;
  /** Reads the wall clock: Unix milliseconds. @throws ProcessOver */
  wallMs(): number;
  /** Reads the monotonic clock. @throws ProcessOver */
  monotonicMs(): number;
  /** Waits until the monotonic clock has gone on by so much. @throws ProcessOver */
  sleep(ms: number): void;
  /** The true time at which the monotonic clock will have gone on by so much; infinite if that is after the end. */
  trueMsAfter(ms: number): number;
  /** Waits until a true time; one that has passed is now. @throws ProcessOver */
  moveTo(trueMs: number): void;
  /**
   * A request begins: reads become quick again, and the clock's error is measured anew. An error that was once read fades
   * at half the rate of time, because a generator that never goes back carries it on while it waits, or runs at half
   * rate, until the wall clock has caught up.
   */
  beginRequest(): void;
  endRequest(): void;
}

/** What {@link createProcessTime} takes. */
export interface ProcessTimeOptions {
  readonly shown: ShownTime;
  readonly life: Life;
  /** True time at the start of the scenario, Unix milliseconds. */
  readonly startMs: number;
  /** How long a process that outlives the scenario may go on to answer. */
  readonly graceMs: number;
  /** Called when the process had something to do while a fault (by its place) made it stand still. */
  readonly stoodStill: (fault: number) => void;
}

/** The time of one process. */
export function createProcessTime({ shown, life, startMs, graceMs, stoodStill }: ProcessTimeOptions): ProcessTime {
  const endMs = life.end === "killed" ? life.toMs : life.toMs + graceMs;
  const standstills = life.standstills.filter(({ toMs }) => toMs > life.fromMs);
  let nextStandstill = 0;
  let trueMs = life.fromMs;
  let requestMs = trueMs;
  let reads = 0;
  let isWallRead = false;
  let over = false;
  let knownErrorMs = 0;
  let knownAtMs = trueMs;
  let errorMs = 0;

  const moveTo = (toMs: number): void => {
    if (toMs > trueMs) trueMs = toMs;
    while (nextStandstill < standstills.length && trueMs >= standstills[nextStandstill]!.fromMs) {
      const pause = standstills[nextStandstill++]!;
      if (trueMs >= pause.toMs) continue;
      trueMs = pause.toMs;
      stoodStill(pause.fault);
    }
    if (trueMs < endMs && !over) return;
    trueMs = endMs;
    over = true;
    throw new ProcessOver();
  };
  const takeTime = (): void => {
    reads++;
    moveTo(trueMs + Math.max(STEP_MS, (trueMs - requestMs) * PATIENCE));
  };
  const noteError = (wallMs: number): void => {
    const faded = knownErrorMs - (trueMs - knownAtMs) / 2;
    knownErrorMs = Math.max(Math.abs(wallMs - startMs - trueMs) + READING_RESOLUTION_MS, faded);
    knownAtMs = trueMs;
    errorMs = Math.max(errorMs, knownErrorMs);
  };
  const trueMsAfter = (ms: number): number => {
    if (!(ms < endMs)) return Number.POSITIVE_INFINITY;
    const due = shown.monotonicMs(trueMs) + ms;
    let least = trueMs;
    let most = trueMs + Math.max(ms, STEP_MS);
    while (shown.monotonicMs(most) < due) {
      if (most >= endMs) return Number.POSITIVE_INFINITY;
      least = most;
      most += most - trueMs;
    }
    while (most - least > STEP_MS) {
      const middle = (least + most) / 2;
      if (middle <= least || middle >= most) break;
      if (shown.monotonicMs(middle) < due) least = middle;
      else most = middle;
    }
    return most;
  };

  return {
    get trueMs() {
      return trueMs;
    },
    get reads() {
      return reads;
    },
    get over() {
      return over;
    },
    get errorMs() {
      return errorMs;
    },
    wallMs() {
      takeTime();
      const wallMs = shown.wallMs(trueMs);
      isWallRead = true;
      noteError(wallMs);
      return wallMs;
    },
    monotonicMs() {
      takeTime();
      return shown.monotonicMs(trueMs);
    },
    sleep: (ms) => moveTo(ms > 0 ? trueMsAfter(ms) : trueMs),
    trueMsAfter,
    moveTo,
    beginRequest() {
      requestMs = trueMs;
      isWallRead = false;
      errorMs = 0;
      moveTo(trueMs + STEP_MS);
    },
    endRequest() {
      if (!isWallRead) noteError(shown.wallMs(trueMs));
    },
  };
}
