import { checkId } from "../codec.js";
import { describeValue, ParseError } from "../errors.js";
import { alphabetError, checkText, overflowError } from "./fixed-width.js";

/** Digits of 2^63 - 1. */
const MAX_DIGITS = 19;

/**
 * Writes an ID in decimal, without leading zeros.
 *
 * @throws ParseError `PARSE_TYPE` when the ID is no bigint, `ID_OUT_OF_RANGE` when it is not within 0 … 2^63 - 1
 */
export function encodeDecimal(id: bigint): string {
  checkId(id, 63);
  return id.toString();
}

/**
 * Reads what {@link encodeDecimal} wrote, and nothing else: no sign, no space, no prefix, no leading zero.
 *
 * @throws ParseError `PARSE_TYPE` for a value that is no string, `PARSE_SIGN` for a sign, `PARSE_LENGTH` for empty text
 * or leading zeros, `PARSE_ALPHABET` for anything but 0-9, `PARSE_OVERFLOW` above 2^63 - 1
 */
export function parseDecimal(decimal: string): bigint {
  checkText("decimal", decimal);
  const stray = decimal.search(/[^0-9]/);
  if (stray >= 0) throw alphabetError("decimal", "the digits 0-9", decimal, stray);
  if (decimal.length === 0 || (decimal.length > 1 && decimal.startsWith("0"))) {
    throw new ParseError(
      "PARSE_LENGTH",
      `Expected decimal text of 1 to ${MAX_DIGITS} digits without leading zeros, got ${describeValue(decimal)}. ` +
        "Check that nothing was cut off or padded.",
    );
  }
  const id = decimal.length > MAX_DIGITS ? undefined : BigInt(decimal);
  if (id === undefined || id >> 63n !== 0n) throw overflowError("decimal", decimal);
  return id;
}
