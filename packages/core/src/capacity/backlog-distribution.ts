import { backlogSeries } from "./backlog-series.js";

/** P(q > k), where q is the backlog of `backlogOf` in equilibrium. */
export interface BacklogTail {
  /** For k = 0, 1, 2 … */
  readonly near: Float64Array;
  /** Natural logarithm of P(q > k + 1) / P(q > k) from the last of those on. */
  readonly lnRatio: number;
}

/**
 * The distribution of the backlog under a stable load. The exponential of the series of {@link backlogSeries} on the circle
 * is the generating function of all but the geometric part of the backlog, and a transform takes it apart.
 *
 * @param digits natural logarithm of the precision, against the largest of the probabilities; 30 is as good as numbers allow
 */
export function backlogTail(meanPerTick: number, idsPerTick: number, digits: number): BacklogTail {
  const { lnRatio, scaled: re, radius, fourier } = backlogSeries(meanPerTick, idsPerTick, digits);
  const n = re.length;
  const im = new Float64Array(n);
  let whole = 0;
  for (let k = 1; k < n / 2; k++) whole += re[k]! * radius ** -k;
  fourier.backward({ re, im });
  for (let j = 0; j < n; j++) {
    const size = Math.exp(re[j]! - whole) / n;
    const angle = im[j]!;
    re[j] = size * Math.cos(angle);
    im[j] = size * Math.sin(angle);
  }
  fourier.forward({ re, im });
  return { near: withGeometric(re.subarray(0, n / 2), radius, Math.exp(lnRatio)), lnRatio };
}

/** Σ P(q > k) over `count` numbers k from `first` on; the count may be infinite. */
export function sumAbove({ near, lnRatio }: BacklogTail, first: number, count: number): number {
  let sum = 0;
  for (let k = Math.min(near.length, first + count) - 1; k >= first; k--) sum += near[k]!;
  const firstFar = Math.max(first, near.length);
  const far = first + count - firstFar;
  if (far <= 0) return sum;
  const atFirst = near.at(-1)! * Math.exp((firstFar - near.length + 1) * lnRatio);
  return sum + (atFirst * Math.expm1(far * lnRatio)) / Math.expm1(lnRatio);
}

/** P(q' + G > k) from P(q' = k) r^k, where P(G ≥ m) = ratio^m; small terms of q' are added first. */
function withGeometric(scaled: Float64Array, radius: number, ratio: number): Float64Array {
  const tail = new Float64Array(scaled.length);
  let sum = 0;
  for (let k = scaled.length - 1; k > 0; k--) {
    sum += scaled[k]! * radius ** -k;
    tail[k - 1] = sum;
  }
  let geometric = 0;
  for (let k = 0; k < scaled.length; k++) {
    geometric = ratio * (geometric + scaled[k]! * radius ** -k);
    tail[k]! += geometric;
  }
  return tail;
}
