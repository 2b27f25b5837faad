import { YEAR_MS } from "../year.js";
import { wholeProduct } from "./whole-product.js";

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  y: YEAR_MS,
};

/**
 * Reads a duration: `250ms`, `10s`, `5min`, `2h`, `30d` or `70y` (of 365.2425 d). Returns whole milliseconds, undefined for
 * what is no duration.
 */
export function durationMsOf(text: string): number | undefined {
  const unit = /[a-z]+$/.exec(text)?.[0] ?? "";
  const factor = Object.hasOwn(UNITS_MS, unit) ? UNITS_MS[unit] : undefined;
  return factor === undefined ? undefined : wholeProduct(text.slice(0, text.length - unit.length), factor);
}
