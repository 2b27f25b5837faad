import { encodeBase32, encodeBase62 } from "@shardflake/core";

/** A text form whose last characters count through a table while the ones before them stay. */
export interface Radix {
  /** Most characters an ID takes. */
  readonly maxChars: number;
  /** How many characters the table covers. */
  readonly tailChars: number;
  /** radix ** tailChars */
  readonly tailSize: number;
  /** ASCII of every tail, `tailChars` bytes each; made when it is first asked for, since most threads need only one. */
  tails(): Uint8Array;
  /** The whole text of one ID. */
  toText(id: bigint): string;
}

const DECIMAL_DIGITS = "0123456789";

/** 19 digits hold every 63-bit number. */
export const DECIMAL: Radix = radix(19, 4, DECIMAL_DIGITS, (id) => id.toString());
export const BASE32: Radix = radix(13, 2, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", encodeBase32);
export const BASE62: Radix = radix(
  11,
  2,
  `${DECIMAL_DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`,
  encodeBase62,
);

function radix(maxChars: number, tailChars: number, digits: string, toText: (id: bigint) => string): Radix {
  const tailSize = digits.length ** tailChars;
  let table: Uint8Array | undefined;
  const tails = (): Uint8Array => {
    table ??= tailTable(tailSize, tailChars, digits);
    return table;
  };
  return { maxChars, tailChars, tailSize, tails, toText };
}

function tailTable(tailSize: number, tailChars: number, digits: string): Uint8Array {
  const table = new Uint8Array(tailSize * tailChars);
  for (let tail = 0; tail < tailSize; tail++) {
    let rest = tail;
    for (let place = tailChars - 1; place >= 0; place--) {
      table[tail * tailChars + place] = digits.charCodeAt(rest % digits.length);
      rest = Math.floor(rest / digits.length);
    }
  }
  return table;
}
