import { describeValue, type Layout, ShardflakeError } from "@shardflake/core";
import { checkFormat, corrupt, RECORD_FORMAT } from "../register/record.js";

const NAMESPACE = /^[\w.-]{1,128}$/;

/**
 * Returns its argument.
 * @throws ShardflakeError `NAMESPACE_INVALID` unless it is 1 to 128 letters, digits, dots, dashes and underscores
 */
export function checkNamespace(namespace: string): string {
  if (typeof namespace === "string" && NAMESPACE.test(namespace)) return namespace;
  throw new ShardflakeError(
    "NAMESPACE_INVALID",
    "Expected a namespace of 1 to 128 letters, digits, dots, dashes and underscores, " +
      `got ${describeValue(namespace)}.`,
  );
}

/** The record of a namespace itself: which layout its IDs have. */
export function encodeNamespace(layout: Layout): string {
  return JSON.stringify({ format: RECORD_FORMAT, layout: layout.digest });
}

/**
 * @throws ShardflakeError `LAYOUT_MISMATCH` when the namespace belongs to another layout; `STORE_FORMAT_NEWER`,
 * `STORE_CORRUPT`
 */
export function checkNamespaceRecord(text: string, namespace: string, layout: Layout, where: string): void {
  const record = parse(text, where);
  checkFormat(record.format, where);
  if (typeof record.layout !== "string") throw corrupt(where, `got ${describeValue(record.layout)} in \`layout\``);
  if (record.layout === layout.digest) return;
  throw new ShardflakeError(
    "LAYOUT_MISMATCH",
    `Expected the namespace ${describeValue(namespace)} to have the layout ${layout.digest}, got ${record.layout} ` +
      `(timestamp, datacenter, machine and sequence bits, tick, epoch). Two layouts in one namespace would repeat IDs: ` +
      "take the same layout, or another namespace.",
  );
}

function parse(text: string, where: string): { readonly format?: unknown; readonly layout?: unknown } {
  try {
    const record: unknown = JSON.parse(text);
    if (record !== null && typeof record === "object") return record;
  } catch (cause) {
    throw corrupt(where, `got ${describeValue(text)}, which is no JSON`, cause);
  }
  throw corrupt(where, `got ${describeValue(text)}`);
}
