import { createPool, type Delivered, type Pool, type Receive } from "@shardflake/pool";
import type { Output } from "../../output.js";
import { startProgress } from "../../progress.js";
import { poolOptionsOf } from "./pool-options.js";
import { recordsTo } from "./records.js";
import type { GenerateRequest } from "./request.js";
import { startStopwatch } from "./stopwatch.js";
import type { Generated } from "./summary.js";

/** Generates with worker threads. @throws whatever the pool and the output throw */
export async function generateInPool(
  request: GenerateRequest,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<Generated> {
  const pool = await createPool(poolOptionsOf(request, signal));
  const progress = await startProgress({ unit: "IDs", total: totalOf(request), quiet: request.quiet });
  try {
    const lap = startStopwatch();
    let done = 0;
    const records = recordsTo(output, request.format);
    const delivered = await issue(pool, request, signal, async (slices, count) => {
      await records.receive(slices, count);
      done += count;
      progress.update(done);
    });
    await records.end();
    return {
      layout: request.layout,
      delivered,
      ...lap(),
      shards: pool.shards,
      lanes: pool.lanes,
      machineIds: pool.shards * pool.lanes,
    };
  } finally {
    progress.stop();
    await pool.close();
  }
}

function issue(pool: Pool, request: GenerateRequest, signal: AbortSignal, receive: Receive): Promise<Delivered> {
  const { work, format, order } = request;
  switch (work.kind) {
    case "period":
      return pool.backfill(receive, { format, signal, fromMs: work.fromMs, toMs: work.toMs, count: work.count });
    case "rows":
      return pool.backfill(receive, { format, signal, timesMs: work.timesMs });
    default:
      return pool.write(receive, { format, order, signal, count: work.count });
  }
}

function totalOf({ work }: GenerateRequest): number {
  return work.kind === "rows" ? work.timesMs.length : work.count;
}
