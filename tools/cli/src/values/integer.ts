import { sizeOf } from "@shardflake/core";
import { valueError } from "../input-error.js";

/**
 * Reads a whole number from `least` to `most`.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseInteger(text: string, name: string, least: number, most: number): number {
  const value = sizeOf(text);
  if (value === undefined || value < least || value > most) {
    throw valueError(name, `a whole number from ${least} to ${most}`, text);
  }
  return value;
}
