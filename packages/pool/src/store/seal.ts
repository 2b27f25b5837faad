import { crc32 } from "node:zlib";
import { corrupt } from "../register/record.js";

const CHECKSUM_DIGITS = 8;

/**
 * Puts a text under its checksum: 8 hexadecimal digits of CRC-32, a space, the text. The checksum covers the key under
 * which it is stored, so that a flipped bit cannot move it to another key.
 */
export function seal(key: string, text: string): string {
  return `${crc32(`${key}\n${text}`).toString(16).padStart(CHECKSUM_DIGITS, "0")} ${text}`;
}

/**
 * @throws ShardflakeError `STORE_CORRUPT` when the text does not fit its checksum
 */
export function unseal(key: string, sealed: unknown, where: string): string {
  if (typeof sealed !== "string") throw corrupt(where, "got no text");
  const text = sealed.slice(CHECKSUM_DIGITS + 1);
  if (sealed !== seal(key, text)) throw corrupt(where, "got one that does not fit its checksum");
  return text;
}

/** The checksum of a sealed text, as a number. */
export function checksumOf(sealed: string): number {
  return Number.parseInt(sealed.slice(0, CHECKSUM_DIGITS), 16);
}
