import { type FixedWidthText, fixedWidthText } from "./fixed-width.js";

/** Crockford's digits: no I, L, O, U. https://www.crockford.com/base32.html */
const text: FixedWidthText = /* @__PURE__ */ fixedWidthText({
  name: "base32",
  alphabet: "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
  width: 13,
  lowWidth: 10,
});

/**
 * Writes an ID as 13 characters of Crockford base32, upper case. Text order equals numeric order.
 *
 * @example
 * ```ts
 * import { encodeBase32, parseBase32 } from "@shardflake/core";
 *
 * console.log(encodeBase32(42n), parseBase32("000000000001A")); // 000000000001A 42n
 * ```
 * @throws ParseError `PARSE_TYPE` when the ID is no bigint, `ID_OUT_OF_RANGE` when it is not within 0 … 2^63 - 1
 */
export function encodeBase32(id: bigint): string {
  return text.encode(id);
}

/**
 * Reads what {@link encodeBase32} wrote, and nothing else: lower case and Crockford's aliases (I and L for 1, O for 0)
 * are refused, so that one ID has one text and equal texts mean equal IDs in every index. Whoever takes IDs from
 * people's typing normalises them first.
 *
 * @throws ParseError `PARSE_TYPE` for a value that is no string, `PARSE_SIGN` for a sign, `PARSE_LENGTH` unless there
 * are exactly 13 characters, `PARSE_ALPHABET` for any other character, `PARSE_OVERFLOW` above 2^63 - 1
 */
export function parseBase32(base32: string): bigint {
  return text.parse(base32);
}
