import { performance } from "node:perf_hooks";
import { replaceProperties } from "./replace-properties.js";
import type { Stage } from "./stage.js";

/** Puts the stage's monotonic clock in place of `performance` and `process.hrtime`. */
export function replaceMonotonic(stage: Stage): void {
  const sinceOriginMs = (): number => stage.time.monotonicMs() - stage.originMonotonicMs;
  // The methods lie on the prototype, where `Performance.prototype.now.call(performance)` finds them, too.
  const methods = Object.getPrototypeOf(performance);
  replaceProperties(methods, { now: sinceOriginMs });
  Object.defineProperty(methods, "timeOrigin", { get: () => stage.originWallMs, configurable: true });

  const nanoseconds = (): bigint => BigInt(Math.round(stage.time.monotonicMs() * 1e6));
  const hrtime = (before?: readonly [number, number]): [number, number] => {
    const since = before === undefined ? 0n : BigInt(before[0]) * 1_000_000_000n + BigInt(before[1]);
    const passed = nanoseconds() - since;
    return [Number(passed / 1_000_000_000n), Number(passed % 1_000_000_000n)];
  };
  replaceProperties(process, {
    hrtime: Object.assign(hrtime, { bigint: nanoseconds }),
    uptime: () => sinceOriginMs() / 1000,
  });
}
