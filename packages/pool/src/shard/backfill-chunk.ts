import { idWriter, type Layout } from "@shardflake/core";
import { spreadRuns } from "../backfill/spread.js";
import { encoderFor } from "../encode/encoder.js";
import type { BackfillTask, ChunkAnswer } from "./messages.js";

/**
 * Writes the IDs `[first, first + count)` of a spread; the caller gives a buffer in which they fit, and knows their
 * order. Runs are not listed: where every ID is one, they would take more than the heap of a shard's thread.
 */
export function backfillChunk(layout: Layout, { plan, first, count, format, buffer }: BackfillTask): ChunkAnswer {
  const writers = plan.machineIds.map(({ datacenterId, machineId }) => idWriter(layout, datacenterId, machineId));
  const encoder = encoderFor(format);
  const out = new Uint8Array(buffer);
  let bytes = 0;
  for (const run of spreadRuns(plan.spread, first, count)) {
    bytes = encoder.write(out, bytes, writers[run.machine]!.base(run.tick), run.sequence, run.count);
  }
  const runs = new Float64Array(0);
  return { kind: "chunk", bytes, count, runs, finishedTick: Number.MAX_SAFE_INTEGER, last: true };
}
