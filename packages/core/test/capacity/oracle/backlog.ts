import { exp, fixed, numberOf, ONE, over, PI, type Scaled, times, toNumber } from "./fixed-point.js";
import { lnValueOf, meanExcess } from "./poisson.js";

/** Natural logarithm of the mean backlog by Spitzer's sum as it stands, or undefined when it has more terms than that. */
export function lnBacklogBySum(meanPerTick: number, idsPerTick: number, mostTerms: number): number | undefined {
  const mean = fixed(meanPerTick);
  const excess = (n: number): Scaled => meanExcess(n * idsPerTick, BigInt(n) * mean);
  const first = excess(1);
  let sum = 1;
  let term = 1;
  for (let n = 2; n <= mostTerms; n++) {
    const { mantissa, exponent } = excess(n);
    const before = term;
    term = numberOf({ mantissa: over(mantissa, first.mantissa), exponent: exponent - first.exponent }) / n;
    sum += term;
    // Terms fall at least geometrically, so what is left is below this.
    if (term * term < 1e-12 * sum * (before - term)) return lnValueOf(first) + Math.log(sum);
  }
  return undefined;
}

interface Complex {
  readonly re: bigint;
  readonly im: bigint;
}

const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
const negative = (a: Complex): Complex => ({ re: -a.re, im: -a.im });
const product = (a: Complex, b: Complex): Complex => ({
  re: times(a.re, b.re) - times(a.im, b.im),
  im: times(a.re, b.im) + times(a.im, b.re),
});
const quotient = (a: Complex, b: Complex): Complex => {
  const size = times(b.re, b.re) + times(b.im, b.im);
  const { re, im } = product(a, { re: b.re, im: -b.im });
  return { re: over(re, size), im: over(im, size) };
};
const UNIT: Complex = { re: ONE, im: 0n };

function exponential({ re, im }: Complex): Complex {
  const parts = 12n;
  const small: Complex = { re: 0n, im: im >> parts };
  let [sum, term]: [Complex, Complex] = [{ re: 0n, im: 0n }, UNIT];
  for (let i = 1n; i < 40n; i++) {
    sum = add(sum, term);
    const { re, im } = product(term, small);
    term = { re: re / i, im: im / i };
  }
  for (let i = 0n; i < parts; i++) sum = product(sum, sum);
  const { mantissa, exponent } = exp(re);
  const size = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa >> BigInt(-exponent);
  return product(sum, { re: size, im: 0n });
}

/**
 * The mean backlog from the c roots of z^c = e^(λ(z−1)) in the unit disc, one of which is 1:
 * Σ 1/(1 − z_k) − (c(c−1) − λ²) / 2(c − λ). N. Bailey, "On queueing processes with bulk service", 1954.
 */
export function backlogByRoots(meanPerTick: number, idsPerTick: number): number {
  const rho = over(fixed(meanPerTick), BigInt(idsPerTick) * ONE);
  const first = exponential({ re: 0n, im: (2n * PI) / BigInt(idsPerTick) });
  let unit = UNIT;
  let sum = 0n;
  for (let k = 1; k <= idsPerTick / 2; k++) {
    unit = product(unit, first);
    let z = nearRoot(meanPerTick / idsPerTick, (2 * Math.PI * k) / idsPerTick);
    for (let round = 0; round < 2; round++) {
      const right = product(unit, exponential({ re: times(rho, z.re - ONE), im: times(rho, z.im) }));
      const slope = add(UNIT, negative(product({ re: rho, im: 0n }, right)));
      z = add(z, negative(quotient(add(z, negative(right)), slope)));
    }
    const { re } = quotient(UNIT, add(UNIT, negative(z)));
    // Roots come in conjugate pairs, but for the one that is real and negative.
    sum += 2 * k === idsPerTick ? re : 2n * re;
  }
  const [c, lambda] = [BigInt(idsPerTick) * ONE, fixed(meanPerTick)];
  return toNumber(sum - over(times(c, c - ONE) - times(lambda, lambda), 2n * (c - lambda)));
}

/** The root of z = e^(iα) e^(ρ(z−1)) in doubles, as a start. */
function nearRoot(rho: number, angle: number): Complex {
  let [x, y] = [0, 0];
  for (let round = 0; round < 200; round++) {
    const size = Math.exp(rho * (x - 1));
    const [re, im] = [size * Math.cos(angle + rho * y), size * Math.sin(angle + rho * y)];
    // From far away the map itself contracts; near the root Newton's steps are quadratic.
    const [slopeRe, slopeIm] = round < 20 ? [1, 0] : [1 - rho * re, -rho * im];
    const [offRe, offIm] = [x - re, y - im];
    const square = slopeRe * slopeRe + slopeIm * slopeIm;
    const [dx, dy] = [(offRe * slopeRe + offIm * slopeIm) / square, (offIm * slopeRe - offRe * slopeIm) / square];
    [x, y] = [x - dx, y - dy];
    if (round > 20 && Math.abs(dx) + Math.abs(dy) < 1e-15) break;
  }
  return { re: fixed(x), im: fixed(y) };
}
