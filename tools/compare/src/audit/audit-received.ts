import { defineLayout, type Layout } from "@shardflake/core";
import { type AuditReport, auditStream } from "@shardflake/simulator/audit";
import type { Ids } from "../load/load-messages.js";
import type { Received } from "../load/received.js";
import { rankIds } from "./rank-ids.js";

/** Any number below 2^63: `verify` takes a layout, and these IDs have none. */
const PLAIN: Layout = defineLayout({
  timestampBits: 50,
  datacenterBits: 0,
  machineBits: 0,
  sequenceBits: 13,
  epoch: 0,
});

/** IDs for one look at the next chunk. */
const CHUNK = 2 ** 16;

/** Audits what was received, in the order in which it was, with the code of `shardflake verify`. */
export function auditIds(values: BigUint64Array, signal: AbortSignal): Promise<AuditReport> {
  return auditStream({ kind: "stream", chunks: chunksOf(values) }, { layout: PLAIN, format: "u64le", signal });
}

/** Everything that several loads received, as one stream for {@link auditIds}. */
export function joinReceived(all: readonly Received[]): BigUint64Array {
  const form: Ids["form"] = all.some(({ ids }) => ids.form === "uuid") ? "uuid" : "number";
  const parts = all.filter(({ requests }) => requests > 0);
  const words = new BigUint64Array(parts.reduce((sum, { ids }) => sum + ids.words.length, 0));
  let at = 0;
  for (const { ids } of parts) {
    words.set(ids.words, at);
    at += ids.words.length;
  }
  return rankIds({ form, words });
}

function* chunksOf(values: BigUint64Array): Generator<Uint8Array> {
  for (let from = 0; from < values.length; from += CHUNK) {
    const part = values.subarray(from, from + CHUNK);
    yield new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  }
}
