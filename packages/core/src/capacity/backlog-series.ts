import { contourOf, distanceOfPair, distanceOfRoot } from "./contour.js";
import { type Fourier, fourierOf } from "./fourier.js";

/** The backlog in equilibrium as two independent parts: a geometric one, and one of which little is left after some ticks. */
export interface BacklogSeries {
  /** Natural logarithm of the ratio of the geometric part: P(G ≥ m) = e^(m lnRatio). */
  readonly lnRatio: number;
  /** ln E[z^(q − G)] = Σ g_k (z^k − 1): here are g_k r^k for 0 < k < n/2, and n zeros in all. */
  readonly scaled: Float64Array;
  /** r: the coefficients are scaled so that none of them under- or overflows. */
  readonly radius: number;
  readonly fourier: Fourier;
}

/**
 * Spitzer: ln E[z^q] = Σ g_k (z^k − 1) with g_k = Σ P(S_n = k)/n over n ≥ 1, and the g_k, for k > 0, are the upper half of
 * the Laurent coefficients of −ln(1 − φ) on the circle of {@link contourOf}. That function is singular at the roots of
 * φ(w) = 1, of which 1 and r₀ lie close to the circle when the load is close to the ceiling. So ln(1 − 1/w) and
 * ln(1 − w/r₀) are added to it: the first has no upper half, the second one takes r₀^−k/k from g_k, which is a geometric
 * part of ratio 1/r₀, and what is left is smooth, so that a short transform gives its coefficients.
 *
 * @param digits natural logarithm of the precision, against the largest of the probabilities; 30 is as good as numbers allow
 */
export function backlogSeries(meanPerTick: number, idsPerTick: number, digits: number): BacklogSeries {
  const { radius, beyondOne, depth, logSum } = contourOf(meanPerTick, idsPerTick, digits);
  const farRoot = distanceOfRoot(depth / idsPerTick);
  const n = pointsOf(idsPerTick, depth, digits);
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  for (let j = 0; j <= n / 2; j++) {
    const angle = (2 * Math.PI * j) / n;
    const sum = logSum(angle, 0);
    const one = lnOneMinus(1 / radius, beyondOne / radius, -angle);
    const far = lnOneMinus(Math.exp(-farRoot), -Math.expm1(-farRoot), angle);
    re[j] = sum.re + one.re + far.re;
    if (j === 0 || j === n / 2) continue;
    im[j] = sum.im + one.im + far.im;
    re[n - j] = re[j]!;
    im[n - j] = -im[j]!;
  }
  const fourier = fourierOf(n);
  fourier.forward({ re, im });
  re[0] = 0;
  for (let k = 1; k < n / 2; k++) re[k]! /= n;
  re.fill(0, n / 2);
  return { lnRatio: -Math.log1p(beyondOne) - farRoot, scaled: re, radius, fourier };
}

/**
 * How many points of the circle that takes, a power of two: by the error of the trapezoidal rule, as for the steps of the
 * contour, but without the roots that were taken away. Twice, because the lower half of the coefficients takes as much
 * room as the upper one.
 */
export function pointsOf(idsPerTick: number, depth: number, digits: number): number {
  const b = Math.min(0.9 * distanceOfPair(depth, idsPerTick), Math.sqrt((2 * digits) / idsPerTick));
  return 2 ** Math.ceil(Math.log2((2 * (digits + idsPerTick * (Math.expm1(b) - b))) / b));
}

/** ln(1 − s e^iθ) for 0 < s < 1, with 1 − s given apart because it may be small. */
function lnOneMinus(size: number, rest: number, angle: number): { readonly re: number; readonly im: number } {
  const half = Math.sin(angle / 2);
  const real = rest + 2 * size * half * half;
  const imaginary = -size * Math.sin(angle);
  return { re: 0.5 * Math.log(real * real + imaginary * imaginary), im: Math.atan2(imaginary, real) };
}
