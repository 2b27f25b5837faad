import { deviance } from "./poisson-density.js";

/**
 * The circle on which the sums over a random walk are integrated. One step of the walk is A − c, with A requests in a
 * tick (Poisson of mean λ) and c IDs a tick; its generating function is φ(w) = e^(λ(w−1)) w^−c. On the circle |w| = c/λ,
 * through the saddle point of φ, |φ| is largest on the real axis and falls off like a bell; and Σ φⁿ/n = −ln(1 − φ).
 *
 * The use of such circles for this queue: A. Janssen, J. van Leeuwaarden, "Back to the roots of the M/D/s queue and the
 * works of Erlang, Crommelin and Pollaczek", Statistica Neerlandica 62, 2008.
 */
export interface Contour {
  /** c / λ, above 1. */
  readonly radius: number;
  /** radius − 1, without the rounding of the subtraction. */
  readonly beyondOne: number;
  /** −ln φ(radius): how small φ is where it is largest. */
  readonly depth: number;
  /** Equal steps around the circle that are enough for the asked precision. */
  readonly steps: number;
  /** At larger angles φ is negligible against φ(radius), to the same precision. */
  readonly mostAngle: number;
  /** −ln(1 − φ) on the circle at an angle from the real axis, divided by e^−scale. */
  readonly logSum: (angle: number, scale: number) => Complex;
}

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** From this depth on, −ln(1 − φ) is φ to the last digit. */
const DEEP = 40;

/**
 * @param digits natural logarithm of the precision, such as 45 for 3e-20
 */
export function contourOf(meanPerTick: number, idsPerTick: number, digits: number): Contour {
  const depth = deviance(idsPerTick, meanPerTick);
  const flatness = digits / idsPerTick;
  return {
    radius: idsPerTick / meanPerTick,
    beyondOne: (idsPerTick - meanPerTick) / meanPerTick,
    depth,
    steps: stepsFor(idsPerTick, depth, digits),
    mostAngle: flatness < 2 ? Math.acos(1 - flatness) : Number.POSITIVE_INFINITY,
    logSum: (angle, scale) => {
      // λ(w − 1) − c ln w at w = (c/λ) e^iθ; the real part as 1 − cos θ = 2 sin² θ/2, which keeps small angles exact.
      const half = Math.sin(angle / 2);
      const re = -depth - 2 * idsPerTick * half * half;
      const im = idsPerTick * (Math.sin(angle) - angle);
      return minusLogOfOneMinusExp(re, im, scale);
    },
  };
}

/** ln r₀, where r₀ is the root of φ(w) = 1 beyond the circle: the probability of a backlog of k falls like r₀^−k. */
export function lnFarRoot(meanPerTick: number, idsPerTick: number): number {
  return Math.log(idsPerTick / meanPerTick) + distanceOfRoot(deviance(idsPerTick, meanPerTick) / idsPerTick);
}

/** −ln(1 − e^(re + i im)), times e^scale; for re < 0. */
function minusLogOfOneMinusExp(re: number, im: number, scale: number): Complex {
  if (re < -DEEP) {
    const size = Math.exp(re + scale);
    return { re: size * Math.cos(im), im: size * Math.sin(im) };
  }
  const size = Math.exp(re);
  const half = Math.sin(im / 2);
  const real = size * 2 * half * half - Math.expm1(re);
  const imaginary = -size * Math.sin(im);
  const less = -size * Math.cos(im);
  const square = less * (2 + less) + imaginary * imaginary;
  const logSize = size < 0.5 ? 0.5 * Math.log1p(square) : 0.5 * Math.log(real * real + imaginary * imaginary);
  const factor = Math.exp(scale);
  return { re: -factor * logSize, im: -factor * Math.atan2(imaginary, real) };
}

/**
 * The trapezoidal rule on a circle is off by the integrand on a circle that is wider or narrower by e^b, times e^−bN
 * (L. Trefethen, J. Weideman, "The Exponentially Convergent Trapezoidal Rule", SIAM Review 56, 2014). The wider circle must
 * stay below the first root of φ(w) = 1, the narrower one above w = 1, and on it φ grows by e^(c(e^b − 1 − b)).
 */
function stepsFor(idsPerTick: number, depth: number, digits: number): number {
  const b = Math.min(0.9 * distanceOfRoot(depth / idsPerTick), Math.sqrt((2 * digits) / idsPerTick));
  return 2 * Math.ceil((digits + idsPerTick * (Math.expm1(b) - b)) / b / 2);
}

/**
 * How far beyond the circle the root r₀ of φ(w) = 1 is, as the logarithm of a ratio: the b > 0 with e^b − 1 − b = d, where
 * d is the depth over `idsPerTick`; by Newton's method from above.
 */
export function distanceOfRoot(d: number): number {
  let b = Math.sqrt(2 * d);
  for (let round = 0; round < 60; round++) {
    const next = b - (Math.expm1(b) - b - d) / Math.expm1(b);
    if (Math.abs(next - b) < 1e-12 * b) return next;
    b = next;
  }
  return b;
}

/**
 * The same of the next roots, a conjugate pair: the real part of the u with e^u − 1 − u = (depth + 2πi) / c, by Newton's
 * method from where it would be if the left side were u²/2.
 */
export function distanceOfPair(depth: number, idsPerTick: number): number {
  const [re, im] = [depth / idsPerTick, (2 * Math.PI) / idsPerTick];
  let x = Math.sqrt(re + Math.hypot(re, im));
  let y = im / x;
  for (let round = 0; round < 60; round++) {
    const size = Math.exp(x);
    const [slopeRe, slopeIm] = [size * Math.cos(y) - 1, size * Math.sin(y)];
    const [offRe, offIm] = [slopeRe - x - re, slopeIm - y - im];
    const square = slopeRe * slopeRe + slopeIm * slopeIm;
    const [stepX, stepY] = [(offRe * slopeRe + offIm * slopeIm) / square, (offIm * slopeRe - offRe * slopeIm) / square];
    x -= stepX;
    y -= stepY;
    if (Math.abs(stepX) < 1e-3 * x) return x;
  }
  return x;
}
