import { type Layout, ShardflakeError } from "@shardflake/core";
import { corrupt } from "../../register/record.js";
import type { RegisterWrite } from "../../register/register.js";
import type { Gateway } from "./gateway.js";
import type { NamespaceKeys } from "./keys.js";
import type { RangeAnswer, Transaction, TransactionAnswer } from "./messages.js";
import { isNarrow, MOST_WRITES, narrowTransaction, wideTransaction } from "./transaction.js";

/** A namespace, and how to reach it. */
export interface Place {
  readonly gateway: Gateway;
  readonly keys: NamespaceKeys;
  readonly layout: Layout;
  readonly where: string;
}

/** Others that write between the registers of a wide write make it begin anew. */
const MOST_WIDE_ATTEMPTS = 20;

/**
 * Compares every version and replaces every register, and puts the claims of their holders on these leases; all or none.
 *
 * @throws ShardflakeError `STORE_LIMIT`, `STORE_CORRUPT` when the namespace was deleted, and as a call of the gateway
 */
export async function replace(
  place: Place,
  writes: readonly RegisterWrite[],
  leases: ReadonlyMap<string, string>,
): Promise<"done" | "conflict"> {
  if (!isNarrow(writes)) return await replaceMany(place, writes, leases);
  return (await commit(place, narrowTransaction(place.keys, writes, leases))) ? "done" : "conflict";
}

async function replaceMany(
  place: Place,
  writes: readonly RegisterWrite[],
  leases: ReadonlyMap<string, string>,
): Promise<"done" | "conflict"> {
  const { gateway, keys, layout, where } = place;
  if (writes.length > MOST_WRITES) {
    const text = `Expected at most ${MOST_WRITES} registers in one write to ${where}, got ${writes.length}.`;
    throw new ShardflakeError("STORE_LIMIT", text);
  }
  for (let attempt = 0; attempt < MOST_WIDE_ATTEMPTS; attempt++) {
    const { header, kvs } = await gateway.read<RangeAnswer>("kv/range", { ...keys.registers, keys_only: true });
    const versions = new Map((kvs ?? []).map(({ key, version }) => [key, Number(version)]));
    const hasMoved = ({ expectedVersion, ...id }: RegisterWrite): boolean =>
      (versions.get(keys.registerOf(id)) ?? 0) !== expectedVersion;
    if (writes.some(hasMoved)) return "conflict";
    const revision = header?.revision ?? "0";
    if (await commit(place, wideTransaction(keys, writes, leases, { layout, revision }))) return "done";
  }
  throw new ShardflakeError(
    "STORE_UNAVAILABLE",
    `Expected to write ${writes.length} registers of ${where} at once, but others wrote between them ` +
      `${MOST_WIDE_ATTEMPTS} times. Try again.`,
  );
}

/** Whether the comparisons held, and so everything was put. */
async function commit({ gateway, where }: Place, transaction: Transaction): Promise<boolean> {
  const { succeeded, responses } = await gateway.write<TransactionAnswer>("kv/txn", transaction);
  if (succeeded === true) return true;
  if ((responses?.[0]?.response_range?.kvs ?? []).length === 0) throw corrupt(where, "got none: it was deleted");
  return false;
}
