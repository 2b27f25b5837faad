const PATTERN = /^(\d+(?:_\d+)*)(?:\.(\d+))?(?:[eE]\+?(\d{1,2}))?$/;

/**
 * Reads `12`, `1_000`, `2.5` or `1e6` times a whole factor. Exact, so that `1.1G` is 1100000000; undefined when the text
 * is no such number, or when the product is not whole or above 2^53 - 1.
 */
export function wholeProduct(text: string, factor: number): number | undefined {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const digits = BigInt(whole.replaceAll("_", "") + fraction) * BigInt(factor) * 10n ** BigInt(exponent);
  const scale = 10n ** BigInt(fraction.length);
  if (digits % scale !== 0n) return undefined;
  const product = Number(digits / scale);
  return Number.isSafeInteger(product) ? product : undefined;
}
