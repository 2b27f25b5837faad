import { sizeOf } from "./size.js";

const PER_SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 };

/**
 * Reads a rate: `10k/s`, `2M/min`, `100/h` or `1e6/d`. Returns IDs per second, which need not be whole; undefined for what
 * is no rate.
 */
export function ratePerSecondOf(text: string): number | undefined {
  const [amount = "", unit = "", ...rest] = text.split("/");
  const size = sizeOf(amount);
  const seconds = Object.hasOwn(PER_SECONDS, unit) ? PER_SECONDS[unit] : undefined;
  return size === undefined || seconds === undefined || rest.length > 0 ? undefined : size / seconds;
}
