import { describeValue, ShardflakeError } from "@shardflake/core";
import type { Purpose, Register } from "./register.js";

/** Format of the records this version writes; it reads nothing newer. */
export const RECORD_FORMAT = 1;

const PURPOSES: readonly unknown[] = ["untouched", "live", "backfill", "horizon"] satisfies Purpose[];
const FIELD_NAMES = ["holder", "generation", "floor", "limit", "purpose", "nonce", "lapseMs", "writtenMs"] as const;
const MAX_TEXT_LENGTH = 200;

/** A register as plain JSON data with its format version, the same in every store. */
export function recordOf(register: Register): Record<string, unknown> {
  return { format: RECORD_FORMAT, ...register };
}

/** One line of JSON. */
export function encodeRecord(register: Register): string {
  return JSON.stringify(recordOf(register));
}

/**
 * @throws ShardflakeError `STORE_CORRUPT` for text that is no JSON, and as {@link registerOf}
 */
export function decodeRecord(text: string, where: string): Register {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (cause) {
    throw corrupt(where, `got ${describeValue(text)}, which is no JSON`, cause);
  }
  return registerOf(record, where);
}

/**
 * Checks a record field by field and returns it as a register.
 * @param where names the record in messages, for instance "machine ID 0/3 in /var/lib/shardflake"
 * @throws ShardflakeError `STORE_FORMAT_NEWER` for a record of a later version, which must not be rewritten;
 * `STORE_CORRUPT` for anything that no version has written
 */
export function registerOf(record: unknown, where: string): Register {
  if (record === null || typeof record !== "object" || Array.isArray(record)) {
    throw corrupt(where, `got ${describeValue(record)}`);
  }
  const fields = record as Record<string, unknown>;
  checkFormat(fields.format, where);
  for (const name of Object.keys(fields)) {
    if (name !== "format" && !(FIELD_NAMES as readonly string[]).includes(name)) {
      throw corrupt(where, `got the unknown field ${describeValue(name)}`);
    }
  }
  const { holder, purpose, nonce } = fields;
  if (holder !== null && !isText(holder)) throw wrongField(where, "holder", holder);
  if (!PURPOSES.includes(purpose)) throw wrongField(where, "purpose", purpose);
  if (!isText(nonce)) throw wrongField(where, "nonce", nonce);
  const register: Register = {
    holder,
    generation: count(where, "generation", fields.generation),
    floor: count(where, "floor", fields.floor),
    limit: count(where, "limit", fields.limit),
    purpose: purpose as Purpose,
    nonce,
    lapseMs: count(where, "lapseMs", fields.lapseMs),
    writtenMs: time(where, fields.writtenMs),
  };
  if (register.limit < register.floor) {
    throw corrupt(where, `got the limit ${register.limit} below the floor ${register.floor}`);
  }
  return register;
}

/**
 * @throws ShardflakeError `STORE_FORMAT_NEWER`, `STORE_CORRUPT`
 */
export function checkFormat(format: unknown, where: string): void {
  if (format === RECORD_FORMAT) return;
  if (typeof format === "number" && Number.isInteger(format) && format > RECORD_FORMAT) {
    throw new ShardflakeError(
      "STORE_FORMAT_NEWER",
      `Expected ${where} in format ${RECORD_FORMAT}, got format ${format}, which a newer version has written. ` +
        "Nothing was changed; update Shardflake here.",
    );
  }
  throw wrongField(where, "format", format);
}

/** An error `STORE_CORRUPT`: what is stored cannot have been written by any version. */
export function corrupt(where: string, got: string, cause?: unknown): ShardflakeError {
  return new ShardflakeError(
    "STORE_CORRUPT",
    `Expected ${where} to be as Shardflake wrote it, ${got}. Nothing was changed: starting afresh could repeat IDs. ` +
      "Restore the store; or move it away at your own risk, once the clock has passed every ID that was ever issued.",
    { cause },
  );
}

function wrongField(where: string, name: string, value: unknown): ShardflakeError {
  return corrupt(where, `got ${describeValue(value)} in the field \`${name}\``);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= MAX_TEXT_LENGTH;
}

function count(where: string, name: string, value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw wrongField(where, name, value);
  return value;
}

function time(where: string, value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw wrongField(where, "writtenMs", value);
  return value;
}
