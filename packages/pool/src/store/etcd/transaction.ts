import type { Layout } from "@shardflake/core";
import { machineAt, machineNumber } from "../../register/machine-id.js";
import { encodeRecord } from "../../register/record.js";
import type { RegisterWrite } from "../../register/register.js";
import { encode, type NamespaceKeys } from "./keys.js";
import type { Compare, Put, Request, Transaction } from "./messages.js";

/**
 * etcd takes 128 operations in a transaction by default (--max-txn-ops), counted as comparisons, or puts, whichever are
 * more; a transaction inside another has what the outer one has left over.
 */
const MOST_COMPARED = 60;
const MOST_PUTS = 60;
const MOST_NESTED = 60;

/** Registers in one write; more than any process can issue with. */
export const MOST_WRITES: number = MOST_PUTS * MOST_NESTED;

/** Whether the versions of so many registers can be compared one by one. */
export function isNarrow(writes: readonly RegisterWrite[]): boolean {
  return writes.length <= MOST_COMPARED;
}

/** Compares the version of every register, then puts them, and the claims of their holders, all or none. */
export function narrowTransaction(
  keys: NamespaceKeys,
  writes: readonly RegisterWrite[],
  leases: ReadonlyMap<string, string>,
): Transaction {
  const compare = writes.map(
    (write): Compare => ({
      key: keys.registerOf(write),
      target: "VERSION",
      result: "EQUAL",
      version: String(write.expectedVersion),
    }),
  );
  return guarded(keys, compare, inChunks(putsOf(keys, writes, leases)));
}

/**
 * The same for more registers than comparisons: a comparison of a range says that nothing in it was written after the
 * `revision` at which the versions were read. Ranges are as narrow as their number allows; where registers of others lie
 * between, those others' writes may let this transaction fail, although no version of its own has moved on.
 */
export function wideTransaction(
  keys: NamespaceKeys,
  writes: readonly RegisterWrite[],
  leases: ReadonlyMap<string, string>,
  at: { readonly layout: Layout; readonly revision: string },
): Transaction {
  const { layout, revision } = at;
  const numbers = writes.map((write) => machineNumber(layout, write));
  const compare = coveringRanges(numbers, MOST_COMPARED).map(
    ([first, last]): Compare => ({
      key: keys.registerOf(machineAt(layout, first)),
      range_end: keys.afterRegister(machineAt(layout, last)),
      target: "MOD",
      result: "LESS",
      mod_revision: String(BigInt(revision) + 1n),
    }),
  );
  return guarded(keys, compare, inChunks(putsOf(keys, writes, leases)));
}

/** At most `most` ranges, both ends included, that cover these numbers and as few others as possible. */
export function coveringRanges(numbers: readonly number[], most: number): [number, number][] {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((number, index) => ({ before: index, width: number - sorted[index]! }));
  const cuts = gaps
    .filter(({ width }) => width > 1)
    .sort((a, b) => b.width - a.width)
    .slice(0, most - 1)
    .map(({ before }) => before)
    .sort((a, b) => a - b);
  const starts = [0, ...cuts.map((before) => before + 1)];
  const ends = [...cuts, sorted.length - 1];
  return sorted.length === 0 ? [] : starts.map((start, index) => [sorted[start]!, sorted[ends[index]!]!]);
}

/** A namespace that is gone must not be begun anew by a renewal: its registers would start from nothing. */
function guarded(keys: NamespaceKeys, compare: readonly Compare[], success: readonly Request[]): Transaction {
  const exists: Compare = { key: keys.layout, target: "VERSION", result: "GREATER", version: "0" };
  return {
    compare: [exists, ...compare],
    success,
    failure: [{ request_range: { key: keys.layout, keys_only: true } }],
  };
}

function putsOf(
  keys: NamespaceKeys,
  writes: readonly RegisterWrite[],
  leases: ReadonlyMap<string, string>,
): readonly Put[] {
  const claims = [...leases].map(([holder, lease]) => ({ key: keys.holderOf(holder), value: encode("1"), lease }));
  const registers = writes.map((write) => ({
    key: keys.registerOf(write),
    value: encode(encodeRecord(write.register)),
  }));
  return [...claims, ...registers];
}

function inChunks(puts: readonly Put[]): readonly Request[] {
  const requests = puts.map((put): Request => ({ request_put: put }));
  if (requests.length <= MOST_PUTS) return requests;
  const chunks = Array.from({ length: Math.ceil(requests.length / MOST_PUTS) }, (_, index) =>
    requests.slice(index * MOST_PUTS, (index + 1) * MOST_PUTS),
  );
  return chunks.map((success): Request => ({ request_txn: { success } }));
}
