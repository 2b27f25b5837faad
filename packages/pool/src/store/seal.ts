import { crc32 } from "node:zlib";
import { corrupt } from "../register/record.js";

const CHECKSUM_DIGITS = 8;

/** Puts a text under its checksum: 8 hexadecimal digits of CRC-32, a space, the text. */
export function seal(text: string): string {
  return `${crc32(text).toString(16).padStart(CHECKSUM_DIGITS, "0")} ${text}`;
}

/**
 * @throws ShardflakeError `STORE_CORRUPT` when the text does not fit its checksum
 */
export function unseal(sealed: unknown, where: string): string {
  if (typeof sealed !== "string") throw corrupt(where, "got no text");
  const text = sealed.slice(CHECKSUM_DIGITS + 1);
  if (sealed !== seal(text)) throw corrupt(where, "got one that does not fit its checksum");
  return text;
}

/** The checksum of a sealed text, as a number. */
export function checksumOf(sealed: string): number {
  return Number.parseInt(sealed.slice(0, CHECKSUM_DIGITS), 16);
}
