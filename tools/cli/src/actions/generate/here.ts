import { issueHere } from "@shardflake/pool";
import type { Output } from "../../output.js";
import { poolOptionsOf } from "./pool-options.js";
import { recordsTo } from "./records.js";
import type { GenerateRequest } from "./request.js";
import { startStopwatch } from "./stopwatch.js";
import type { Generated } from "./summary.js";

/** Generates a few IDs without a thread. @throws whatever the pool and the output throw */
export async function generateHere(
  request: GenerateRequest & { readonly work: { readonly kind: "few"; readonly count: number } },
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<Generated> {
  const { layout, format, work } = request;
  const lap = startStopwatch();
  const records = recordsTo(output, format);
  const delivered = await issueHere(records.receive, { count: work.count, format }, poolOptionsOf(request, signal));
  await records.end();
  return { layout, delivered, ...lap(), shards: 0, lanes: 1, machineIds: 1 };
}
