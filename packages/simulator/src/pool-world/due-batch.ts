import { defineLayout } from "@shardflake/core";
import { type Arrivals, arrivals } from "../load/arrivals.js";
import type { Scenario } from "../scenario/scenario.js";

/** IDs of one batch at the most. */
const MOST_IDS = 2 ** 17;
/** A saturating load asks for so many ticks at once. */
const SATURATING_TICKS = 20;

/** Puts the requests of all shards that are due into one batch, as a server does that serves many at once. */
export interface DueBatch {
  /** How many IDs to ask for; 0 when nothing is due. */
  take(trueMs: number): number;
}

/**
 * The batches of a scenario's load. A pool deals small ones to as few shards as they need, so a batch asks for no less
 * than what keeps every shard busy: faults of a shard that has nothing to do would show to nobody.
 */
export function dueBatch(scenario: Scenario): DueBatch {
  const { load, shards } = scenario;
  const { idsPerTick } = defineLayout(scenario.layout);
  const leastIds = (shards - 1) * idsPerTick + 1;
  const mostIds = Math.max(leastIds, MOST_IDS);
  if (load.kind === "saturating") {
    const ids = Math.min(idsPerTick * shards * SATURATING_TICKS, mostIds);
    return { take: () => ids };
  }
  const lines = Array.from({ length: shards }, (_, shard) => arrivals(scenario, shard));
  return {
    take(trueMs) {
      const dueIds = lines.reduce((ids, line) => ids + takeFrom(line, trueMs, mostIds - ids), 0);
      return dueIds === 0 ? 0 : Math.max(dueIds, leastIds);
    },
  };
}

function takeFrom(line: Arrivals, trueMs: number, most: number): number {
  let ids = 0;
  for (; line.atMs <= trueMs && ids + line.ids <= most; line.advance()) ids += line.ids;
  return ids;
}
