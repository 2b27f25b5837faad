import { describeValue, ShardflakeError } from "./errors.js";
import type { Layout } from "./layout.js";

/**
 * What the sequence of a new tick starts with. "random" starts anywhere in the lower half, so that `id % n` is even
 * also at low rates; it costs a quarter of the ceiling on average. Measured by `npm run bench -- skew`.
 */
export type SequenceStart = "zero" | "random";

/**
 * Draws what the next tick starts with.
 * @throws ShardflakeError `OPTION_INVALID`
 */
export function sequenceStarts(
  layout: Layout,
  start: SequenceStart = "zero",
  random: () => number = Math.random,
): () => number {
  if (start === "zero") return () => 0;
  if (start === "random") {
    const choices = Math.ceil(layout.idsPerTick / 2);
    return () => {
      const drawn = Math.floor(random() * choices);
      // Outside [0, 1) it would leave the sequence's section.
      return drawn >= 0 && drawn < choices ? drawn : 0;
    };
  }
  throw new ShardflakeError(
    "OPTION_INVALID",
    `Expected \`sequenceStart\` to be "zero" or "random", got ${describeValue(start)}.`,
  );
}
