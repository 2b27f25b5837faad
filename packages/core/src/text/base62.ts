import { type FixedWidthText, fixedWidthText } from "./fixed-width.js";

/** Digits, upper case, lower case: the order of their character codes, so that text sorts like the number. */
const text: FixedWidthText = /* @__PURE__ */ fixedWidthText({
  name: "base62",
  alphabet: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  width: 11,
  lowWidth: 8,
});

/**
 * Writes an ID as 11 characters of 0-9, A-Z, a-z. Text order equals numeric order wherever text is compared by
 * character codes; a collation that ignores case neither orders nor tells apart such IDs: take base32 there.
 *
 * @throws ParseError `PARSE_TYPE` when the ID is no bigint, `ID_OUT_OF_RANGE` when it is not within 0 … 2^63 - 1
 */
export function encodeBase62(id: bigint): string {
  return text.encode(id);
}

/**
 * Reads what {@link encodeBase62} wrote, and nothing else.
 *
 * @throws ParseError `PARSE_TYPE` for a value that is no string, `PARSE_SIGN` for a sign, `PARSE_LENGTH` unless there
 * are exactly 11 characters, `PARSE_ALPHABET` for any other character, `PARSE_OVERFLOW` above 2^63 - 1
 */
export function parseBase62(base62: string): bigint {
  return text.parse(base62);
}
