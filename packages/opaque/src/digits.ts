import { describeValue, ParseError } from "@shardflake/core";

/** Crockford's digits: no I, L, O, U. https://www.crockford.com/base32.html */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Digits of 5 bits that hold 64. */
export const BODY_LENGTH = 13;
/** With the check character. */
export const TEXT_LENGTH = 14;

/** The 13 digits of a number below 2^65, the highest first. */
export function digitsOf(number: bigint): number[] {
  return Array.from({ length: BODY_LENGTH }, (_, i) =>
    Number(BigInt.asUintN(5, number >> BigInt(5 * (BODY_LENGTH - 1 - i)))),
  );
}

export function numberOf(digits: readonly number[]): bigint {
  return digits.reduce((number, digit) => number * 32n + BigInt(digit), 0n);
}

export function textOf(values: readonly number[]): string {
  return values.map((value) => ALPHABET.charAt(value)).join("");
}

/** @throws ParseError `PARSE_TYPE`, `PARSE_LENGTH`, `PARSE_ALPHABET` */
export function valuesOf(text: unknown): number[] {
  if (typeof text !== "string") {
    throw new ParseError("PARSE_TYPE", `Expected an opaque ID as text, got ${describeValue(text)}.`);
  }
  if (text.length !== TEXT_LENGTH) {
    throw new ParseError(
      "PARSE_LENGTH",
      `Expected an opaque ID of exactly ${TEXT_LENGTH} characters, got ${text.length} in ${describeValue(text)}. ` +
        "Check that nothing was cut off or added.",
    );
  }
  return [...text].map((character, at) => {
    const value = ALPHABET.indexOf(character);
    if (value >= 0) return value;
    throw new ParseError(
      "PARSE_ALPHABET",
      `Expected only the characters ${ALPHABET}, got ${describeValue(character)} at position ${at} of ` +
        `${describeValue(text)}. Check the case; I, L, O and U are not among them.`,
    );
  });
}
