import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A seeded stream of exponentially distributed numbers with mean 1, by inversion. */
export function exponentialStream(seed: number): () => number {
  const random = xoroshiro128plus(seed);
  return () => minusLog((random.next() | 1) >>> 0);
}

/**
 * -ln(word / 2^32), for a word from 1 on, by the series of the inverse hyperbolic tangent around √2 times a power of two:
 * engines differ in the last bits of Math.log, and a trace must be the same everywhere. At most 2e-11 too large.
 */
export function minusLog(word: number): number {
  const zeros = Math.clz32(word);
  const mantissa = ((word << zeros) >>> 0) / 2 ** 31;
  const x = (mantissa - Math.SQRT2) / (mantissa + Math.SQRT2);
  const square = x * x;
  const series = 1 + square * (1 / 3 + square * (1 / 5 + square * (1 / 7 + square * (1 / 9 + square / 11))));
  return (zeros + 0.5) * Math.LN2 - 2 * x * series;
}
