import type { CompareOptions } from "../commands/compare.js";
import type { CommandContext } from "../context.js";
import { openOutput } from "../output.js";
import { startProgress } from "../progress.js";
import { importCompare } from "./compare/import-compare.js";
import { parseCompareRequest } from "./compare/request.js";
import { comparisonTable } from "./compare/table.js";

/** Runs the designs side by side, and prints what was measured. */
export async function compare(options: CompareOptions, { signal }: CommandContext): Promise<void> {
  const { compare: run, comparisonHtml, comparisonRows, comparisonSteps, ...limits } = await importCompare();
  const request = parseCompareRequest(options, limits);
  const progress = await startProgress({
    unit: "steps",
    total: comparisonSteps(request.designs),
    quiet: options.quiet === true,
  });
  const { report, ...settings } = request;
  const comparison = await run({
    ...settings,
    signal,
    onProgress: ({ done, design, step }) => {
      progress.note(`${design}: ${step}`);
      progress.update(done);
    },
  }).finally(() => progress.stop());
  try {
    report?.write(comparisonHtml(comparison));
  } finally {
    // Whatever became of the file, what was measured is told.
    const rows = comparisonRows(comparison.designs);
    await openOutput().write(options.json ? `${JSON.stringify(comparison)}\n` : comparisonTable(comparison, rows));
  }
}
