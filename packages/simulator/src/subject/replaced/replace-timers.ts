import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { promisify } from "node:util";
import { replaceProperties } from "./replace-properties.js";
import type { Stage } from "./stage.js";

type Callback = (...given: unknown[]) => void;

/** Longest delay of a Node timer; longer ones, and none, are 1 ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MOST_DELAY_MS = 2 ** 31 - 1;

/** What `setTimeout` and its like return. */
class SimulatedTimer {
  readonly #start: () => () => void;
  #stop: () => void;

  constructor(start: () => () => void) {
    this.#start = start;
    this.#stop = start();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    this.#stop();
    this.#stop = this.#start();
    return this;
  }

  close(): this {
    this.#stop();
    return this;
  }

  [Symbol.dispose](): void {
    this.#stop();
  }
}

/** Puts timers in place that wait for the stage's monotonic clock, globally and in `node:timers`. */
export function replaceTimers(stage: Stage): void {
  const after = (delayMs: unknown, fire: () => void): (() => void) => {
    const ms = Number(delayMs);
    const trueMs = stage.time.trueMsAfter(ms >= 1 && ms <= MOST_DELAY_MS ? Math.trunc(ms) : 1);
    return stage.timers.add(trueMs, fire);
  };

  const setTimeout = (callback: Callback, delayMs?: number, ...given: unknown[]): SimulatedTimer =>
    new SimulatedTimer(() => after(delayMs, () => callback(...given)));
  const setInterval = (callback: Callback, delayMs?: number, ...given: unknown[]): SimulatedTimer =>
    new SimulatedTimer(() => {
      let stop: () => void;
      const arm = (): void => {
        stop = after(delayMs, () => {
          arm();
          callback(...given);
        });
      };
      arm();
      return () => stop();
    });
  const setImmediate = (callback: Callback, ...given: unknown[]): SimulatedTimer =>
    new SimulatedTimer(() => stage.timers.add(stage.time.trueMs, () => callback(...given)));
  const clear = (timer: unknown): void => {
    if (timer instanceof SimulatedTimer) timer.close();
  };

  const waited = <T>(delayMs?: number, value?: T): Promise<T | undefined> =>
    new Promise((resolve) => after(delayMs, () => resolve(value)));
  const nextTurn = <T>(value?: T): Promise<T | undefined> =>
    new Promise((resolve) => stage.timers.add(stage.time.trueMs, () => resolve(value)));
  async function* ticking<T>(delayMs?: number, value?: T): AsyncGenerator<T | undefined> {
    for (;;) yield await waited(delayMs, value);
  }
  Object.defineProperty(setTimeout, promisify.custom, { value: waited });
  Object.defineProperty(setImmediate, promisify.custom, { value: nextTurn });

  const replaced = {
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  };
  replaceProperties(globalThis, replaced);
  replaceProperties(timers, replaced);
  replaceProperties(timersPromises, { setTimeout: waited, setImmediate: nextTurn, setInterval: ticking });
  replaceProperties(timersPromises.scheduler, { wait: waited, yield: nextTurn });
}
