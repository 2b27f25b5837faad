import type { Received } from "../src/load/received.js";

/** One request of one ID. */
export interface Receipt {
  readonly id: bigint;
  readonly client?: number;
  readonly server?: number;
  readonly requestedMs: number;
  readonly completedMs: number;
}

/** What was received, in this order. */
export function receivedOf(receipts: readonly Receipt[]): Received {
  return {
    requests: receipts.length,
    batch: 1,
    client: Uint16Array.from(receipts, ({ client = 0 }) => client),
    server: Uint16Array.from(receipts, ({ server = 0 }) => server),
    requestedMs: Float64Array.from(receipts, ({ requestedMs }) => requestedMs),
    completedMs: Float64Array.from(receipts, ({ completedMs }) => completedMs),
    ids: { form: "number", words: BigUint64Array.from(receipts, ({ id }) => id) },
  };
}
