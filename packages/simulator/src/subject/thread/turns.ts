import { setImmediate as nextTurn } from "node:timers";
import { promisify } from "node:util";
import type { Stage } from "../replaced/stage.js";

/** The loop's own next turn, taken before anything was replaced. */
const realTurn: () => Promise<void> = promisify(nextTurn);

/** Microtasks that are given to a promise before the thread takes a turn of its loop for it. */
const MICROTASKS = 16;

/** Turns the simulated loop of the process whose turn it is. */
export interface Turns {
  /** Waits for a promise: fires timer after timer, passing time until each, until it is settled. @throws ProcessOver */
  settle<T>(promise: PromiseLike<T>): Promise<T>;
  /** Fires what is due by then. @throws ProcessOver */
  catchUp(trueMs: number): Promise<void>;
}

/** @param stray takes what a timer's callback threw */
export function createTurns(stage: Stage, stray: (error: unknown) => void): Turns {
  const fireNext = (): void => {
    stage.time.moveTo(stage.timers.nextMs);
    try {
      stage.timers.take()?.();
    } catch (error) {
      stray(error);
    }
  };
  return {
    async settle(promise) {
      let pending = true;
      const done = (): void => {
        pending = false;
      };
      promise.then(done, done);
      while (pending) {
        for (let left = MICROTASKS; pending && left > 0; left--) await undefined;
        if (pending) await realTurn();
        if (pending && Number.isFinite(stage.timers.nextMs)) fireNext();
      }
      return await promise;
    },
    async catchUp(trueMs) {
      while (stage.timers.nextMs <= Math.max(trueMs, stage.time.trueMs)) {
        fireNext();
        await realTurn();
      }
    },
  };
}
