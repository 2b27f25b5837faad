import type { GenerateOptions } from "../commands/generate.js";
import type { CommandContext } from "../context.js";
import { type Output, openOutput, STDOUT } from "../output.js";
import { openWhenRead } from "../output-file.js";
import { checkAreTwoFiles } from "../same-file.js";
import { generateHere } from "./generate/here.js";
import { type GenerateRequest, parseGenerateRequest } from "./generate/request.js";
import { openStatsFile } from "./generate/stats-file.js";
import type { Generated } from "./generate/summary.js";

/** Issues IDs to stdout or a file: in this thread if they are few, otherwise from a pool. */
export async function generate(
  count: string | undefined,
  options: GenerateOptions,
  { signal }: CommandContext,
): Promise<void> {
  const request = await parseGenerateRequest(count, options);
  if (!request.quiet) warnOfReplicas(request.storeText);
  const { stats, out } = options;
  const statsFile = stats === undefined ? undefined : await openWhenRead(stats, () => openStatsFile(stats), signal);
  let output: Output | undefined;
  try {
    output = out === undefined ? openOutput() : await openWhenRead(out, () => openOutput(out), signal);
    if (stats !== undefined) checkAreTwoFiles("the IDs and --stats", stats, out ?? STDOUT);
    const generated = await runRequest(request, { output, signal });
    statsFile?.write(generated);
    if (!request.quiet && request.work.kind !== "few") {
      const { summaryOf } = await import("./generate/summary.js");
      process.stderr.write(summaryOf(generated));
    }
  } finally {
    await output?.close();
    statsFile?.close();
  }
}

async function runRequest(
  request: GenerateRequest,
  sink: { readonly output: Output; readonly signal: AbortSignal },
): Promise<Generated> {
  const { work } = request;
  if (work.kind === "few") return generateHere({ ...request, work }, sink);
  const { generateInPool } = await import("./generate/in-pool.js");
  return generateInPool(request, sink);
}

/** Replicas with an embedded store each would all lease the same machine IDs. */
function warnOfReplicas(storeText: string): void {
  if (!storeText.startsWith("embedded") || !process.env.KUBERNETES_SERVICE_HOST) return;
  process.stderr.write(
    "shardflake: warning: the embedded store covers one host; other replicas must use other machine IDs (--machines)\n",
  );
}
