import { encoderFor } from "../../src/encode/encoder.js";
import { createShardRequest, type ShardRequest } from "../../src/shard/request.js";
import type { Shard } from "../../src/shard/shard.js";
import { dealtShares, Shares } from "../../src/shard/shares.js";
import { type FilledChunk, pull } from "./fake-shard.js";

interface RequestOptions {
  readonly share: number;
  readonly isCancelled?: () => boolean;
  readonly maxWaitMs?: number;
  readonly spendableMs?: number;
}

/** A request for binary IDs that has the shard for itself, unless said otherwise. */
export function request(shard: Shard, options: RequestOptions): ShardRequest {
  const { share, isCancelled = () => false, maxWaitMs = 1000, spendableMs = 100 } = options;
  const shares = new Shares(dealtShares([share]), 0, shard.idsPerTick);
  return createShardRequest(shard, { shares, isCancelled, maxWaitMs, spendableMs, encoder: encoderFor("ids") });
}

/** Pulls to its end. */
export function pullAll(request: ShardRequest, ids: number): FilledChunk[] {
  const chunks: FilledChunk[] = [];
  do chunks.push(pull(request, ids));
  while (!chunks.at(-1)!.last);
  return chunks;
}

export const countOf = (chunks: readonly FilledChunk[]): number => chunks.reduce((sum, { count }) => sum + count, 0);
