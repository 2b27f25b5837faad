import type { KeeperWarning, PoolOptions } from "@shardflake/pool";
import { warningLine } from "../../warning.js";
import type { GenerateRequest } from "./request.js";

/** The request's options in the pool's words. */
export function poolOptionsOf(request: GenerateRequest, signal: AbortSignal): PoolOptions {
  const { layout, store, namespace, windowMs, waitMs, shards, lanes, datacenterId, machineIds, quiet } = request;
  const { sequenceStart } = request;
  return {
    layout,
    store,
    namespace,
    windowMs,
    waitMs,
    lanes,
    sequenceStart,
    signal,
    ...(quiet ? {} : { onWarning: warn }),
    ...(shards === undefined ? {} : { shards }),
    ...(datacenterId === undefined ? {} : { datacenterId }),
    ...(machineIds === undefined ? {} : { machineIds }),
  };
}

function warn({ code, message }: KeeperWarning): void {
  process.stderr.write(warningLine(message, code));
}
