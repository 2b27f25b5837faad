/**
 * cos(pi x) for x from 0 to 1, by its Taylor series: engines differ in the last bits of Math.cos, and a trace must be the
 * same everywhere. The error is below 1e-9.
 */
export function cosinePi(x: number): number {
  if (x > 0.5) return -cosinePi(1 - x);
  const square = (Math.PI * x) ** 2;
  let term = 1;
  let total = 1;
  for (let n = 1; n <= 8; n++) {
    term *= -square / ((2 * n - 1) * (2 * n));
    total += term;
  }
  return total;
}
