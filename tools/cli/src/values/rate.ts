import { ratePerSecondOf } from "@shardflake/core";
import { valueError } from "../input-error.js";

/**
 * Reads a rate: `10k/s`, `2M/min`, `100/h` or `1e6/d`. Returns IDs per second, which need not be whole.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseRatePerSecond(text: string, name: string): number {
  const rate = ratePerSecondOf(text);
  if (rate === undefined) throw valueError(name, "a rate like 10k/s, 2M/min, 100/h or 1e6/d", text);
  return rate;
}
