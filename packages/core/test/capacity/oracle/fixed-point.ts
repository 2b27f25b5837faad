/**
 * Arithmetic with 160 binary places in BigInt, for references of about 45 digits. Nothing of it is used by the code under
 * test.
 */
export const PLACES = 160n;
export const ONE: bigint = 1n << PLACES;

/** A positive number of any size: mantissa × 2^exponent, the mantissa with {@link PLACES} binary places. */
export interface Scaled {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** The fixed-point number that is exactly this double (down to 2^-160). */
export function fixed(value: number): bigint {
  let [scaled, places] = [value, 0];
  while (!Number.isInteger(scaled)) [scaled, places] = [scaled * 2, places + 1];
  const shift = PLACES - BigInt(places);
  return shift >= 0n ? BigInt(scaled) << shift : BigInt(scaled) >> -shift;
}

export const times = (a: bigint, b: bigint): bigint => (a * b) >> PLACES;
export const over = (a: bigint, b: bigint): bigint => (a << PLACES) / b;

/** The nearest double, to 53 bits or so. */
export function toNumber(value: bigint): number {
  const bits = (value < 0n ? -value : value).toString(2).length;
  const spare = BigInt(Math.max(0, bits - 60));
  return Number(value >> spare) * 2 ** (Number(spare) - Number(PLACES));
}

export function numberOf({ mantissa, exponent }: Scaled): number {
  // In two halves: 2^-1074 times a large mantissa is no underflow yet.
  const half = Math.trunc(exponent / 2);
  return toNumber(mantissa) * 2 ** half * 2 ** (exponent - half);
}

/** atanh(1/n), by its series. */
function inverseAtanh(n: bigint): bigint {
  let sum = 0n;
  for (let power = ONE / n, odd = 1n; power !== 0n; power /= n * n, odd += 2n) sum += power / odd;
  return sum;
}

/** Machin-like: ln 2 = 18 atanh 1/26 − 2 atanh 1/4801 + 8 atanh 1/8749. */
export const LN_2: bigint = 18n * inverseAtanh(26n) - 2n * inverseAtanh(4801n) + 8n * inverseAtanh(8749n);

/** π = 16 atan 1/5 − 4 atan 1/239 (Machin). */
export const PI: bigint = 16n * inverseAtan(5n) - 4n * inverseAtan(239n);

function inverseAtan(n: bigint): bigint {
  let sum = 0n;
  for (let power = ONE / n, odd = 1n, sign = 1n; power !== 0n; power /= n * n, odd += 2n, sign = -sign) {
    sum += (sign * power) / odd;
  }
  return sum;
}

/** ln of a positive number: halved until it is near 1, then 2 atanh((x − 1)/(x + 1)). */
export function ln(x: bigint): bigint {
  let [reduced, halvings] = [x, 0n];
  while (reduced > (ONE * 7n) / 5n) [reduced, halvings] = [reduced >> 1n, halvings + 1n];
  while (reduced < (ONE * 7n) / 10n) [reduced, halvings] = [reduced << 1n, halvings - 1n];
  // The halvings may have dropped low bits, so x is taken apart again exactly.
  reduced = halvings >= 0n ? (x + (1n << halvings) / 2n) >> halvings : reduced;
  const v = over(reduced - ONE, reduced + ONE);
  const square = times(v, v);
  let sum = 0n;
  for (let power = v, odd = 1n; power !== 0n && power !== -1n; power = times(power, square), odd += 2n)
    sum += power / odd;
  return 2n * sum + halvings * LN_2;
}

/** e^x, as a mantissa between 1/2 and 2 and a power of two. */
export function exp(x: bigint): Scaled {
  const exponent = x / LN_2;
  const parts = 16n;
  const small = (x - exponent * LN_2) >> parts;
  let sum = 0n;
  for (let term = ONE, i = 1n; term !== 0n && term !== -1n; term = times(term, small) / i, i++) sum += term;
  for (let i = 0n; i < parts; i++) sum = times(sum, sum);
  return { mantissa: sum, exponent: Number(exponent) };
}
