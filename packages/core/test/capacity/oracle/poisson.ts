import { exp, fixed, LN_2, ln, ONE, PI, PLACES, type Scaled, times, toNumber } from "./fixed-point.js";

/** Numerators and denominators of the Bernoulli numbers B2, B4, … B24. */
const BERNOULLI: readonly (readonly [bigint, bigint])[] = [
  [1n, 6n],
  [-1n, 30n],
  [1n, 42n],
  [-1n, 30n],
  [5n, 66n],
  [-691n, 2730n],
  [7n, 6n],
  [-3617n, 510n],
  [43867n, 798n],
  [-174611n, 330n],
  [854513n, 138n],
  [-236364091n, 2730n],
];

/** ln k!: the product itself where it is short, otherwise Stirling's series, whose first omitted term is below 1e-50. */
function lnFactorial(k: bigint): bigint {
  if (k < 256n) {
    let product = 1n;
    for (let i = 2n; i <= k; i++) product *= i;
    return ln(product << PLACES);
  }
  const n = k << PLACES;
  const lnN = ln(n);
  let sum = k * lnN - n + (lnN + ln(2n * PI)) / 2n;
  BERNOULLI.forEach(([numerator, denominator], i) => {
    const m = BigInt(2 * i + 2);
    sum += (ONE * numerator) / (denominator * m * (m - 1n) * k ** (m - 1n));
  });
  return sum;
}

/** P(N = k) for N Poisson of mean `mean`, a fixed-point number. */
function density(k: number, mean: bigint): Scaled {
  return exp(BigInt(k) * ln(mean) - mean - lnFactorial(BigInt(k)));
}

const scale = ({ mantissa, exponent }: Scaled, factor: bigint): Scaled => ({
  mantissa: times(mantissa, factor),
  exponent,
});

/** P(N ≥ k), summed from the density at k away from the mean. */
export function poissonTail(k: number, mean: number): Scaled {
  const m = fixed(mean);
  if (k > mean) {
    let sum = 0n;
    for (let [term, next] = [ONE, k + 1]; term > 0n; next++) {
      sum += term;
      term = times(term, m) / BigInt(next);
    }
    return scale(density(k, m), sum);
  }
  if (k === 0) return { mantissa: ONE, exponent: 0 };
  let sum = 0n;
  for (let [term, left] = [ONE, k - 1]; term > 0n && left >= 0; left--) {
    sum += term;
    term = (term * BigInt(left) * ONE) / m;
  }
  const { mantissa, exponent } = scale(density(k - 1, m), sum);
  return { mantissa: ONE - (exponent > 0 ? mantissa << BigInt(exponent) : mantissa >> BigInt(-exponent)), exponent: 0 };
}

/** Fewer places for the longest sums: still 16 digits after a million steps. */
const SHORT = 96n;

/** E[(N − k)⁺] for a mean below k: Σ i P(N = k + i). */
export function meanExcess(k: number, mean: bigint): Scaled {
  const shortMean = mean >> (PLACES - SHORT);
  let sum = 0n;
  let term = 1n << SHORT;
  for (let i = 1; term > sum >> 60n; i++) {
    term = ((term * shortMean) >> SHORT) / BigInt(k + i);
    sum += term * BigInt(i);
  }
  return scale(density(k, mean), sum << (PLACES - SHORT));
}

export function lnValueOf({ mantissa, exponent }: Scaled): number {
  return toNumber(ln(mantissa) + BigInt(exponent) * LN_2);
}
