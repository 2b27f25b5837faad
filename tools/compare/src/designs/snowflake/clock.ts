import { isMainThread } from "node:worker_threads";
import { type Clock, systemClock } from "@shardflake/core";
import type { ClockSpec } from "@shardflake/pool";
import type { ClockOffset } from "../../process/clock-offset.js";

/** The process's wall clock with its offset, for every thread of a pool. */
export function offsetClock(offset: ClockOffset): ClockSpec {
  return { module: import.meta.url, export: "createOffsetClock", options: offset };
}

/** The factory behind {@link offsetClock}. In the main thread `Date.now` has the offset already. */
export function createOffsetClock(options: unknown): Clock {
  if (isMainThread) return systemClock;
  const offset = options as ClockOffset;
  return { ...systemClock, now: () => systemClock.now() + Atomics.load(offset, 0) };
}
