import { valueError } from "../input-error.js";
import { wholeProduct } from "./decimal-fraction.js";

const DAY_MS = 86_400_000;

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: DAY_MS,
  /** The mean year of the Gregorian calendar. */
  y: 365.2425 * DAY_MS,
};

/**
 * Reads a duration: `250ms`, `10s`, `5min`, `2h`, `30d` or `70y` (of 365.2425 d). Returns whole milliseconds.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseDurationMs(text: string, name: string): number {
  const unit = /[a-z]+$/.exec(text)?.[0] ?? "";
  const factor = Object.hasOwn(UNITS_MS, unit) ? UNITS_MS[unit] : undefined;
  const ms = factor === undefined ? undefined : wholeProduct(text.slice(0, text.length - unit.length), factor);
  if (ms === undefined) throw valueError(name, "a duration like 250ms, 10s, 5min, 2h, 30d or 70y", text);
  return ms;
}
