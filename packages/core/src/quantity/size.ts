import { wholeProduct } from "./whole-product.js";

const FACTORS: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/**
 * Reads a size: `1000000`, `1e6`, `1_000_000`, `1M` or `1Mi` (k, M, G, Ki, Mi, Gi). Returns a whole number from 0 to
 * 2^53 - 1, undefined for what is no size.
 */
export function sizeOf(text: string): number | undefined {
  const unit = /[a-zA-Z]*$/.exec(text)?.[0] ?? "";
  const factor = Object.hasOwn(FACTORS, unit) ? FACTORS[unit] : undefined;
  return factor === undefined ? undefined : wholeProduct(text.slice(0, text.length - unit.length), factor);
}
