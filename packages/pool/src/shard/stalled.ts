import { ClockError, ShardflakeError } from "@shardflake/core";
import type { Shard } from "./shard.js";

/** The error of a request for which nothing could be issued for `maxWaitMs`: its window ended, or its clock is behind. */
export function stalled(maxWaitMs: number, shard: Shard): ShardflakeError {
  const lastTick = Math.min(...shard.lanes.map(({ generator }) => generator.lastTick));
  if (shard.finishedTick > lastTick) {
    return new ShardflakeError(
      "WINDOW_EXHAUSTED",
      `Expected a window to be extended within ${maxWaitMs} ms, got no extension. Check that the store can be reached.`,
      { retryAfterMs: maxWaitMs },
    );
  }
  return new ClockError(
    "CLOCK_BEHIND",
    `Expected the clock to pass tick ${lastTick} within ${maxWaitMs} ms, got a clock that stays behind. Correct the clock.`,
    { retryAfterMs: maxWaitMs },
  );
}
