import { checkId } from "../codec.js";
import { describeValue, ParseError } from "../errors.js";

/** Text of a fixed width over an ascending alphabet, which is what makes text order equal numeric order. */
export interface FixedWidthText {
  encode(id: bigint): string;
  parse(text: string): bigint;
}

/** What {@link fixedWidthText} takes. */
export interface FixedWidthOptions {
  /** How messages call the format. */
  readonly name: string;
  /** The digits, in ascending order of their character codes. */
  readonly alphabet: string;
  /** Characters of every text; enough of them for 63 bits. */
  readonly width: number;
  /** Digits that fit a safe integer, so that one BigInt division splits an ID into two exact numbers. */
  readonly lowWidth: number;
}

/** Makes the encoder and the strict parser of one format. */
export function fixedWidthText({ name, alphabet, width, lowWidth }: FixedWidthOptions): FixedWidthText {
  const base = alphabet.length;
  const lowSize = BigInt(base ** lowWidth);
  const values = new Map([...alphabet].map((digit, value) => [digit, value]));

  const digits = (number: number, count: number): string => {
    let text = "";
    for (let rest = number, left = count; left > 0; left--) {
      text = alphabet.charAt(rest % base) + text;
      rest = Math.floor(rest / base);
    }
    return text;
  };

  const number = (text: string, from: number, to: number): number => {
    let sum = 0;
    for (let at = from; at < to; at++) {
      const value = values.get(text.charAt(at));
      if (value === undefined) throw alphabetError(name, `the characters ${alphabet}`, text, at);
      sum = sum * base + value;
    }
    return sum;
  };

  return {
    encode(id) {
      checkId(id, 63);
      return digits(Number(id / lowSize), width - lowWidth) + digits(Number(id % lowSize), lowWidth);
    },
    parse(text) {
      checkText(name, text);
      if (text.length !== width) {
        throw new ParseError(
          "PARSE_LENGTH",
          `Expected ${name} text of exactly ${width} characters, got ${text.length} in ${describeValue(text)}. ` +
            "Check that nothing was cut off or added.",
        );
      }
      const high = BigInt(number(text, 0, width - lowWidth));
      const id = high * lowSize + BigInt(number(text, width - lowWidth, width));
      if (id >> 63n !== 0n) throw overflowError(name, text);
      return id;
    },
  };
}

/** Refuses what is no text, and text with a sign. */
export function checkText(name: string, text: unknown): asserts text is string {
  if (typeof text !== "string") {
    throw new ParseError(
      "PARSE_TYPE",
      `Expected an ID as ${name} text, got ${describeValue(text)}. Keep IDs as strings: numbers lose digits.`,
    );
  }
  if (text.startsWith("-") || text.startsWith("+")) {
    throw new ParseError(
      "PARSE_SIGN",
      `Expected ${name} text without a sign, got ${describeValue(text)}. IDs are never negative: remove the sign.`,
    );
  }
}

export function alphabetError(name: string, expected: string, text: string, at: number): ParseError {
  const found = describeValue(text.charAt(at));
  return new ParseError(
    "PARSE_ALPHABET",
    `Expected ${name} text of ${expected} only, got ${found} at position ${at} of ${describeValue(text)}. ` +
      "Check the format, the case and stray spaces.",
  );
}

export function overflowError(name: string, text: string): ParseError {
  return new ParseError(
    "PARSE_OVERFLOW",
    `Expected ${name} text of at most 2^63 - 1 (9223372036854775807), got ${describeValue(text)}. ` +
      "Check that it is an ID with sign bit 0.",
  );
}
