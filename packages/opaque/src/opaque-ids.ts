import { FF1 } from "@noble/ciphers/ff1.js";
import { describeValue, encodeDecimal, ParseError, ShardflakeError } from "@shardflake/core";
import { checkDigit } from "./check-digit.js";
import { BODY_LENGTH, digitsOf, numberOf, TEXT_LENGTH, textOf, valuesOf } from "./digits.js";

/** What {@link opaqueIds} takes. */
export interface OpaqueOptions {
  /** 16, 24 or 32 secret random bytes (AES-128, -192, -256). Whoever has them reads the IDs. */
  readonly key: Uint8Array;
  /**
   * What the IDs are of, such as "order". The same ID has unrelated texts for different kinds, and a text of one kind is
   * of no use for another. At most 1000 bytes of UTF-8.
   */
  readonly kind: string;
}

/** Turns IDs into texts for URLs and people, and back. */
export interface OpaqueIds {
  /**
   * 14 characters of Crockford's base32. The same ID always gives the same text.
   * @throws ParseError `PARSE_TYPE` when the ID is no bigint, `ID_OUT_OF_RANGE` when it is not within 0 … 2^63 - 1
   */
  encode(id: bigint): string;
  /**
   * The ID of a text that {@link encode} made with the same key and kind. Of texts made up, or made with another key, 127 in
   * 128 are refused; so it finds typing errors, and is no proof of anything.
   * @throws ParseError `PARSE_TYPE` for a value that is no string, `PARSE_LENGTH` unless there are exactly 14 characters,
   * `PARSE_ALPHABET` for a character that is none of Crockford's upper-case digits, `PARSE_CHECK` when the check character
   * does not fit: always where one character is wrong or two are exchanged, `PARSE_OVERFLOW` when it is no text of this key
   */
  decode(text: string): bigint;
}

/** Bytes of the block: radix 256 makes each of them a digit. */
const BYTES = 8;
const RADIX = 256;
const MOST_KIND_BYTES = 1000;

/**
 * IDs as texts that reveal neither time nor volume nor machine. The 64 bits are encrypted as a whole by FF1 (NIST SP
 * 800-38G; eight digits of radix 256, the kind as its tweak), which is a permutation: different IDs have different texts,
 * nothing has to be stored, and the key gives the ID back. A check character follows.
 *
 * @example
 * ```ts
 * import { opaqueIds } from "@shardflake/opaque";
 *
 * const orders = opaqueIds({ key: crypto.getRandomValues(new Uint8Array(32)), kind: "order" });
 * console.log(orders.decode(orders.encode(42n))); // 42n
 * ```
 * @throws ShardflakeError `OPTION_INVALID` for a key that is not 16, 24 or 32 bytes, or a kind that is no text of 1 to
 * 1000 bytes
 */
export function opaqueIds({ key, kind }: OpaqueOptions): OpaqueIds {
  if (!(key instanceof Uint8Array) || ![16, 24, 32].includes(key.length)) {
    // The key itself is not repeated.
    const got = key instanceof Uint8Array ? `${key.length} bytes` : typeof key;
    throw new ShardflakeError("OPTION_INVALID", `Expected \`key\` to be 16, 24 or 32 random bytes, got ${got}.`);
  }
  const tweak = new TextEncoder().encode(typeof kind === "string" ? kind : "");
  if (tweak.length === 0 || tweak.length > MOST_KIND_BYTES) {
    throw new ShardflakeError(
      "OPTION_INVALID",
      `Expected \`kind\` to be text of 1 to ${MOST_KIND_BYTES} bytes, such as "order", got ${describeValue(kind)}.`,
    );
  }
  // Copied, so that nobody changes it later.
  const cipher = FF1(RADIX, Uint8Array.from(key), tweak);
  return {
    encode(id) {
      encodeDecimal(id);
      const digits = digitsOf(numberFrom(cipher.encrypt(bytesOf(id))));
      return textOf([...digits, checkDigit(digits)]);
    },
    decode(text) {
      const values = valuesOf(text);
      const digits = values.slice(0, BODY_LENGTH);
      if (checkDigit(digits) !== values[TEXT_LENGTH - 1]) {
        throw new ParseError(
          "PARSE_CHECK",
          `Expected the last character to check the others, got ${describeValue(text)}. A character is wrong.`,
        );
      }
      const block = numberOf(digits);
      const id = block >> 64n === 0n ? numberFrom(cipher.decrypt(bytesOf(block))) : block;
      if (id >> 63n === 0n) return id;
      throw new ParseError(
        "PARSE_OVERFLOW",
        `Expected text that was made with this key and kind, got ${describeValue(text)}, which no ID gives.`,
      );
    },
  };
}

function bytesOf(number: bigint): number[] {
  return Array.from({ length: BYTES }, (_, i) => Number(BigInt.asUintN(8, number >> BigInt(8 * (BYTES - 1 - i)))));
}

function numberFrom(bytes: readonly number[]): bigint {
  return bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

/** Node and browsers both have it; declared here because this package is compiled against neither. */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
