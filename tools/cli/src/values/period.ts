import { InputError } from "../input-error.js";
import { parseTimeMs } from "./time.js";

/** A half-open period `[fromMs, toMs)` in Unix milliseconds. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Reads the options `--from` and `--to`.
 *
 * @throws InputError `OPTION_INVALID` when one is no time, `USAGE` when the period is empty or runs backwards
 */
export function parsePeriod(from: string, to: string): Period {
  const period = { fromMs: parseTimeMs(from, "--from"), toMs: parseTimeMs(to, "--to") };
  if (period.fromMs < period.toMs) return period;
  throw new InputError("USAGE", `Expected --from to be before --to (the period is [from, to)), got ${from} and ${to}.`);
}
