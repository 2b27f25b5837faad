import { lnPoissonDensity } from "./poisson-density.js";

/** What is left of a sum of positive terms may be left out when it is this small a part of it. */
const NEGLIGIBLE = 1e-17;

/**
 * ln P(N ≥ k) for a Poisson variable N of mean `mean`: the density at the edge times the sum of the ratios to it, from
 * the edge away from the mean, so that every term is positive and smaller than the one before. (This is the series of
 * the incomplete gamma function, NIST DLMF 8.7.1, with the saddle-point density as its prefactor.)
 *
 * @param k a whole number
 */
export function lnPoissonTail(k: number, mean: number): number {
  if (k <= 0) return 0;
  if (mean === 0) return Number.NEGATIVE_INFINITY;
  if (k > mean) return lnPoissonDensity(k, mean) + Math.log(sumUpwards(k, mean));
  return Math.log1p(-Math.exp(lnPoissonDensity(k - 1, mean)) * sumDownwards(k - 1, mean));
}

/** 1 + λ/(k+1) + λ²/((k+1)(k+2)) + … for k > λ. What is left after a term t is below t r / (1 − r). */
function sumUpwards(k: number, mean: number): number {
  let sum = 1;
  let term = 1;
  for (let next = k + 1; ; next++) {
    term *= mean / next;
    sum += term;
    if (term * mean < NEGLIGIBLE * sum * (next - mean)) return sum;
  }
}

/** 1 + k/λ + k(k−1)/λ² + … for k < λ. */
function sumDownwards(k: number, mean: number): number {
  let sum = 1;
  let term = 1;
  for (let left = k; left > 0; left--) {
    term *= left / mean;
    sum += term;
    if (term < NEGLIGIBLE * sum) return sum;
  }
  return sum;
}
