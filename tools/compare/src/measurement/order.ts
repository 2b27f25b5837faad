import { auditIds, joinReceived } from "../audit/audit-received.js";
import { type Inversion, largestInversion } from "../audit/largest-inversion.js";
import type { Received } from "../load/received.js";

/** How IDs relate to the order in which they were requested and received. */
export interface OrderResult {
  readonly ids: number;
  /** IDs that were smaller than the one that was received before; of many clients at once, some are by chance. */
  readonly outOfOrder: number;
  /** Of IDs where one was received before the other was requested. */
  readonly inversion: Inversion;
}

/** @param received one ID a request */
export async function orderOf(received: Received, signal: AbortSignal): Promise<OrderResult> {
  const values = joinReceived([received]);
  const { count, outOfOrder } = await auditIds(values, signal);
  return { ids: count, outOfOrder, inversion: largestInversion({ ...received, values }) };
}
