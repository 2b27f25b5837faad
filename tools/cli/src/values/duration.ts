import { durationMsOf } from "@shardflake/core";
import { valueError } from "../input-error.js";

/**
 * Reads a duration: `250ms`, `10s`, `5min`, `2h`, `30d` or `70y` (of 365.2425 d). Returns whole milliseconds.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseDurationMs(text: string, name: string): number {
  const ms = durationMsOf(text);
  if (ms === undefined) throw valueError(name, "a duration like 250ms, 10s, 5min, 2h, 30d or 70y", text);
  return ms;
}
