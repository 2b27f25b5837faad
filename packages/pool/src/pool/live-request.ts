import type { AcquireRequest } from "../keeper/lease.js";
import type { PoolSettings } from "./pool-options.js";

/** How so many machine IDs are leased to issue with now. */
export function liveRequest({ among, waitMs }: Pick<PoolSettings, "among" | "waitMs">, count: number): AcquireRequest {
  return { count, wanted: { purpose: "live" }, among, waitMs };
}
