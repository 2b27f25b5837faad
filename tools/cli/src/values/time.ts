import { timeMsOf } from "@shardflake/core";
import { valueError } from "../input-error.js";

/**
 * Reads a time: ISO 8601 (UTC when no zone is given), or digits only, which are Unix milliseconds. Returns Unix
 * milliseconds.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseTimeMs(text: string, name: string): number {
  const ms = timeMsOf(text);
  if (ms === undefined) {
    throw valueError(name, "a time like 2026-01-31, 2026-01-31T12:00:00Z or 1769860800000 (Unix ms)", text);
  }
  return ms;
}
