import { describeValue } from "@shardflake/core";

/** What a returned value is: an ID of 64 bits, a text, or neither. */
export type ReadId =
  | { readonly kind: "number"; readonly id: bigint }
  | { readonly kind: "text"; readonly text: string }
  /** `value` describes what came instead. */
  | { readonly kind: "misshapen"; readonly value: string };

/** Reads a numeric ID. Numbers are taken as they are: one that lost digits is the generator's ID, whatever it meant. */
export function readNumber(value: unknown): ReadId {
  const id = bigintOf(value);
  return id === undefined || BigInt.asUintN(64, id) !== id
    ? { kind: "misshapen", value: describeValue(value instanceof Uint8Array ? hex(value) : value) }
    : { kind: "number", id };
}

/** Reads an ID that is compared as text. */
export function readText(value: unknown): ReadId {
  return typeof value === "string" && value.length > 0
    ? { kind: "text", text: value }
    : { kind: "misshapen", value: describeValue(value) };
}

function bigintOf(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value === "string") return /^[0-9]{1,40}$/.test(value) ? BigInt(value) : undefined;
  if (value instanceof Uint8Array && value.length > 0 && value.length <= 16) return BigInt(`0x${hex(value)}`);
  return undefined;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
