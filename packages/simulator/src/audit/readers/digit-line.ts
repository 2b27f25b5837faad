import { type ParseIdLine, writeProduct } from "./id-line.js";

const NO_DIGIT = 255;

/** What {@link digitLine} takes. */
interface DigitLineOptions {
  /** The digits, in ascending order. */
  readonly alphabet: string;
  /** Characters of every ID. */
  readonly width: number;
  /** How many of them are the lower part: at most 37 bits, and the upper part at most 34. */
  readonly lowerWidth: number;
}

/** Crockford base32: 13 upper-case characters. */
export const parseBase32Line: ParseIdLine = digitLine({
  alphabet: "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
  width: 13,
  lowerWidth: 7,
});

/** Base62 in the order of character codes: 11 characters. */
export const parseBase62Line: ParseIdLine = digitLine({
  alphabet: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  width: 11,
  lowerWidth: 6,
});

function digitLine({ alphabet, width, lowerWidth }: DigitLineOptions): ParseIdLine {
  const base = alphabet.length;
  const values = new Uint8Array(256).fill(NO_DIGIT);
  for (const [value, digit] of [...alphabet].entries()) values[digit.charCodeAt(0)] = value;
  const factorHigh = Math.floor(base ** lowerWidth / 2 ** 32);
  const factorLow = base ** lowerWidth % 2 ** 32;
  return (bytes, start, end, halves, at) => {
    if (end - start !== width) return false;
    let upper = 0;
    for (let index = start; index < end - lowerWidth; index++) {
      const value = values[bytes[index] as number] as number;
      if (value === NO_DIGIT) return false;
      upper = upper * base + value;
    }
    let lower = 0;
    for (let index = end - lowerWidth; index < end; index++) {
      const value = values[bytes[index] as number] as number;
      if (value === NO_DIGIT) return false;
      lower = lower * base + value;
    }
    return writeProduct(upper, factorHigh, factorLow, lower, halves, at);
  };
}
