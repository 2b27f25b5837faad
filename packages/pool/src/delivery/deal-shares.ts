/**
 * Deals `count` IDs to the shards that are needed for it: as many as there are ticks' worth of work, at least one.
 * Equal shares, because equal shards then finish in the same tick.
 */
export function dealShares(count: number, shards: number, idsPerShardTick: number): number[] {
  const needed = Math.min(shards, Math.max(1, Math.ceil(count / idsPerShardTick)));
  const least = Math.floor(count / needed);
  const rest = count - least * needed;
  return Array.from({ length: needed }, (_, i) => least + (i < rest ? 1 : 0));
}
