import { contourOf } from "./contour.js";
import { transform } from "./fourier.js";

/** Natural logarithm of the precision of the probabilities, against the largest of them: as good as numbers allow. */
const FULL_DIGITS = 30;

/**
 * P(q > k) for k = 0, 1, 2 …, where q is the backlog of {@link backlogOf} in equilibrium; to about 1e-12, and beyond the
 * end of the array less than that. The load must be stable.
 *
 * Spitzer: ln E[z^q] = Σ g_k (z^k − 1) with g_k = Σ P(S_n = k)/n over n ≥ 1. The g_k, for k > 0, are the upper half of the
 * Laurent coefficients of −ln(1 − φ) on the circle of {@link contourOf}; a transform gives them, a second one the series
 * on the circle, whose exponential a third one takes apart into probabilities.
 */
export function backlogTail(meanPerTick: number, idsPerTick: number, digits: number = FULL_DIGITS): Float64Array {
  const { radius, steps, mostAngle, logSum } = contourOf(meanPerTick, idsPerTick, digits);
  // Twice, because the lower half of the coefficients takes as much room as the upper one.
  const n = 2 ** Math.ceil(Math.log2(2 * steps));
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  for (let j = 0; j <= n / 2; j++) {
    const angle = (2 * Math.PI * j) / n;
    if (angle > mostAngle) break;
    const value = logSum(angle, 0);
    re[j] = value.re;
    im[j] = value.im;
    if (j === 0 || j === n / 2) continue;
    re[n - j] = value.re;
    im[n - j] = -value.im;
  }
  transform({ re, im }, "forward");
  const whole = keepUpperHalf(re, im, radius);
  transform({ re, im }, "backward");
  for (let j = 0; j < n; j++) {
    const size = Math.exp(re[j]! - whole) / n;
    const angle = im[j]!;
    re[j] = size * Math.cos(angle);
    im[j] = size * Math.sin(angle);
  }
  transform({ re, im }, "forward");
  return tailOf(re.subarray(0, n / 2), radius);
}

/** Leaves g_k r^k for 0 < k < n/2 and zeros elsewhere; returns Σ g_k. */
function keepUpperHalf(re: Float64Array, im: Float64Array, radius: number): number {
  const n = re.length;
  let sum = 0;
  let power = 1;
  re[0] = 0;
  im.fill(0);
  for (let k = 1; k < n / 2; k++) {
    power /= radius;
    re[k]! /= n;
    sum += re[k]! * power;
  }
  re.fill(0, n / 2);
  return sum;
}

/** Sums P(q = k) r^k, from the far end so that small terms are added first. */
function tailOf(scaled: Float64Array, radius: number): Float64Array {
  const tail = new Float64Array(scaled.length);
  let sum = 0;
  for (let k = scaled.length - 1; k > 0; k--) {
    sum += Math.max(0, scaled[k]! * radius ** -k);
    tail[k - 1] = sum;
  }
  return tail;
}
