import { type BacklogSeries, backlogSeries, pointsOf } from "./backlog-series.js";
import { type Contour, contourOf } from "./contour.js";

/** Above this share of the ceiling a queue is called unstable: it takes hours to settle, and no plan should rest on it. */
export const MOST_UTILISATION = 0.999;

/** How many requests are left waiting when a tick ends. */
export type Backlog =
  | {
      readonly kind: "stable";
      /** Mean, in IDs. 0 where it is below the smallest number; the logarithm is not. */
      readonly meanIds: number;
      /** Natural logarithm of the mean. */
      readonly lnMeanIds: number;
      /** Kingman's bound of the mean, never below it. */
      readonly kingmanBoundIds: number;
    }
  /** The load is above 99.9 % of what the machine ID can issue. */
  | { readonly kind: "unstable" };

/** Whether the queue of a machine ID has a backlog to speak of: the load is at most 99.9 % of its ceiling. */
function isStable(meanPerTick: number, idsPerTick: number): boolean {
  return meanPerTick <= MOST_UTILISATION * idsPerTick;
}

/** Natural logarithm of the precision of the integral, with room for what rounding adds. */
const DIGITS = 45;
/** The same of the series. */
const SERIES_DIGITS = 35;

/**
 * The mean backlog of the queue q' = max(q + A − c, 0) in equilibrium, with A Poisson of mean `meanPerTick` and
 * c = `idsPerTick`. Spitzer's identity gives it as Σ E[(S_n)⁺]/n over n ≥ 1, where S_n = Poisson(nλ) − nc; near saturation
 * that sum has millions of terms. With E[S⁺] as an integral of the generating function, the sum goes under the integral
 * and is a logarithm (Pollaczek): −1/2πi ∮ ln(1 − φ(w)) (w − 1)^−2 dw on a circle beyond w = 1.
 *
 * F. Spitzer, "A Combinatorial Lemma and its Application to Probability Theory", 1956; F. Pollaczek, "Problèmes
 * stochastiques posés par le phénomène de formation d'une queue d'attente", 1957; J. Kingman, "The single server queue in
 * heavy traffic", 1961, for the bound λ / 2(c − λ).
 */
export function backlogOf(meanPerTick: number, idsPerTick: number): Backlog {
  if (!isStable(meanPerTick, idsPerTick)) return { kind: "unstable" };
  const kingmanBoundIds = meanPerTick / (2 * (idsPerTick - meanPerTick));
  if (meanPerTick === 0) return { kind: "stable", meanIds: 0, lnMeanIds: Number.NEGATIVE_INFINITY, kingmanBoundIds };
  const lnMeanIds = lnMean(meanPerTick, idsPerTick);
  return { kind: "stable", meanIds: Math.exp(lnMeanIds), lnMeanIds, kingmanBoundIds };
}

function lnMean(meanPerTick: number, idsPerTick: number): number {
  const contour = contourOf(meanPerTick, idsPerTick, DIGITS);
  const steps = (Math.min(Math.PI, contour.mostAngle) / (2 * Math.PI)) * contour.steps;
  // Close to the ceiling the integral takes very many steps, and the mean is large enough for the series.
  if (contour.depth < 1 && steps > pointsOf(idsPerTick, contour.depth, SERIES_DIGITS)) {
    return Math.log(meanOfSeries(backlogSeries(meanPerTick, idsPerTick, SERIES_DIGITS)));
  }
  return lnIntegral(contour);
}

/** Σ k g_k, and 1 / (r₀ − 1) for the geometric part. */
function meanOfSeries({ lnRatio, scaled, radius }: BacklogSeries): number {
  let mean = 0;
  for (let k = scaled.length / 2; k > 0; k--) mean += k * scaled[k]! * radius ** -k;
  return mean + 1 / Math.expm1(-lnRatio);
}

function lnIntegral({ radius, beyondOne, depth, steps, mostAngle, logSum }: Contour): number {
  const step = (2 * Math.PI) / steps;
  let sum = 0;
  for (let i = 0; i <= steps / 2; i++) {
    const angle = i * step;
    if (angle > mostAngle) break;
    const half = Math.sin(angle / 2);
    const { re, im } = logSum(angle, depth);
    // w / (w − 1)², with w − 1 = (r − 1) + r(e^iθ − 1).
    const x = beyondOne - 2 * radius * half * half;
    const y = radius * Math.sin(angle);
    const [squareRe, squareIm] = [x * x - y * y, 2 * x * y];
    const size = squareRe * squareRe + squareIm * squareIm;
    const [wRe, wIm] = [radius * Math.cos(angle), y];
    const weightRe = (wRe * squareRe + wIm * squareIm) / size;
    const weightIm = (wIm * squareRe - wRe * squareIm) / size;
    const value = re * weightRe - im * weightIm;
    // The lower half of the circle mirrors the upper one; its two ends are on the axis.
    sum += i === 0 || i === steps / 2 ? value : 2 * value;
  }
  return Math.log(sum / steps) - depth;
}
