import { replaceProperties } from "./replace-properties.js";
import type { Stage } from "./stage.js";

/**
 * Lets `Atomics.wait` pass simulated time. Nobody can wake a subject that is alone in its thread, so a wait that would
 * begin ends with its time-out, and one without a time-out with the process.
 */
export function replaceAtomicsWait(stage: Stage): void {
  const wait = (
    cells: Int32Array | BigInt64Array,
    index: number,
    value: number | bigint,
    timeoutMs?: number,
  ): string => {
    const found = cells instanceof BigInt64Array ? Atomics.load(cells, index) : Atomics.load(cells, index);
    if (found !== value) return "not-equal";
    const ms = Number(timeoutMs);
    stage.time.sleep(Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms);
    return "timed-out";
  };
  replaceProperties(Atomics, { wait });
}
