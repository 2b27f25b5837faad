import { durationMsOf } from "@shardflake/core";
import { valueError } from "../input-error.js";

/**
 * Reads lengths of a tick: `1ms` or `1ms,10ms,1s`. Returns milliseconds.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseTicksMs(text: string, name: string): number[] {
  return text.split(",").map((part) => {
    const ms = durationMsOf(part);
    if (ms === undefined || ms < 1) throw valueError(name, "one or more durations from 1ms, such as 1ms,10ms,1s", text);
    return ms;
  });
}
