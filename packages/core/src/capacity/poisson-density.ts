/**
 * ln P(N = k) for a Poisson variable N of mean `mean`, accurate to a few units in the last place for any k and mean:
 * −δ(k) − D(k, mean) − ½ ln 2πk. Nothing large is subtracted from anything large, unlike k ln λ − λ − ln k!, whose terms
 * at λ = 10^6 are ten million and leave nine digits.
 *
 * C. Loader, "Fast and Accurate Computation of Binomial Probabilities", 2000 (the saddle-point expansion).
 *
 * @param k a whole number, 0 or more
 */
export function lnPoissonDensity(k: number, mean: number): number {
  return k === 0 ? -mean : -stirlingError(k) - deviance(k, mean) - 0.5 * Math.log(2 * Math.PI * k);
}

/**
 * D(k, mean) = k ln(k / mean) + mean − k, half the deviance of a Poisson observation: the exponent of the saddle point.
 * The smaller the distance, the more of the naive form would cancel, so near it the logarithm is expanded: with
 * e = (mean − k) / k and v = e / (2 + e), e − ln(1 + e) = e v − 2 (v³/3 + v⁵/5 + …).
 */
export function deviance(k: number, mean: number): number {
  const e = (mean - k) / k;
  // Not as ln(1 + e): where the mean is a small part of k, 1 + e would have lost most of it.
  if (Math.abs(e) > 0.1) return k * (e + Math.log(k / mean));
  const v = e / (2 + e);
  const square = v * v;
  let rest = 0;
  for (let power = 1, odd = 3; ; odd += 2) {
    const term = power / odd;
    rest += term;
    power *= square;
    if (power < 1e-17) break;
  }
  return k * (e * v - 2 * v * square * rest);
}

/** Below, the factorial is exact as a number; from here on five terms of the series are exact to 1e-16. */
const SERIES_FROM = 16;

/**
 * δ(n) = ln n! − ln(√(2πn) (n/e)^n), what Stirling's formula leaves.
 * M. Abramowitz, I. Stegun, "Handbook of Mathematical Functions", 6.1.41.
 */
function stirlingError(n: number): number {
  if (n < SERIES_FROM) {
    let factorial = 1;
    for (let i = 2; i <= n; i++) factorial *= i;
    return Math.log(factorial) - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n);
  }
  const s = 1 / (n * n);
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / n;
}
