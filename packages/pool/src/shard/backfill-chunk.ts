import { idWriter, type Layout } from "@shardflake/core";
import { spreadRuns } from "../backfill/spread.js";
import { encoderFor } from "../encode/encoder.js";
import { chunkWriter } from "./chunk-writer.js";
import type { BackfillTask, ChunkAnswer } from "./messages.js";

/** Writes the IDs `[first, first + count)` of a spread; the caller gives a buffer in which they fit. */
export function backfillChunk(layout: Layout, task: BackfillTask): ChunkAnswer {
  const owners = task.plan.machineIds.map(({ datacenterId, machineId }) => ({
    writer: idWriter(layout, datacenterId, machineId),
    machineKey: datacenterId * layout.machinesPerDatacenter + machineId,
  }));
  const chunk = chunkWriter(task.buffer, encoderFor(task.format));
  for (const run of spreadRuns(task.plan.spread, task.first, task.count)) chunk.write(run, owners[run.machine]!);
  return chunk.finish(Number.MAX_SAFE_INTEGER);
}
