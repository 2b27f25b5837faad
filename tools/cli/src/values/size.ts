import { sizeOf } from "@shardflake/core";
import { valueError } from "../input-error.js";

/**
 * Reads a size: `1000000`, `1e6`, `1_000_000`, `1M` or `1Mi`. Returns a whole number from 0 to 2^53 - 1.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseSize(text: string, name: string): number {
  const size = sizeOf(text);
  if (size === undefined) {
    throw valueError(name, "a whole number like 1000000, 1e6, 1_000_000, 1M or 1Mi (k, M, G, Ki, Mi, Gi)", text);
  }
  return size;
}
