import type { PoolOptions } from "@shardflake/pool";
import type { GenerateRequest } from "./request.js";

/** The request's options in the pool's words. */
export function poolOptionsOf(request: GenerateRequest, signal: AbortSignal): PoolOptions {
  const { layout, store, namespace, windowMs, waitMs, shards, lanes, datacenterId, machineIds } = request;
  return {
    layout,
    store,
    namespace,
    windowMs,
    waitMs,
    lanes,
    signal,
    ...(shards === undefined ? {} : { shards }),
    ...(datacenterId === undefined ? {} : { datacenterId }),
    ...(machineIds === undefined ? {} : { machineIds }),
  };
}
