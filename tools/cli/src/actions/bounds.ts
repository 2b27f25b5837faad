import { bounds } from "@shardflake/core";
import type { BoundsOptions } from "../commands/bounds.js";
import { openOutput } from "../output.js";
import { parseLayout } from "../values/layout.js";
import { parsePeriod } from "../values/period.js";

/** Prints the smallest and the largest ID of a period. */
export async function printBounds(options: BoundsOptions): Promise<void> {
  const layout = parseLayout(options.layout, options.epoch);
  const { fromMs, toMs } = parsePeriod(options.from, options.to);
  const { min, max } = bounds(layout, fromMs, toMs);
  await openOutput().write(
    options.json ? `${JSON.stringify({ min: `${min}`, max: `${max}` })}\n` : `min ${min}\nmax ${max}\n`,
  );
}
