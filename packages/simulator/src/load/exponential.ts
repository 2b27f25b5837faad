import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * A seeded stream of exponentially distributed numbers with mean 1, by comparisons alone (John von Neumann, "Various
 * techniques used in connection with random digits", 1951): engines differ in the last bits of a logarithm, and a trace
 * must be the same everywhere.
 */
export function exponentialStream(seed: number): () => number {
  const random = xoroshiro128plus(seed);
  return () => {
    for (let whole = 0; ; whole++) {
      const first = random.next() >>> 0;
      let least = first;
      let descending = 1;
      for (let next = random.next() >>> 0; next < least; next = random.next() >>> 0) {
        least = next;
        descending++;
      }
      if (descending % 2 === 1) return whole + first / 2 ** 32;
    }
  };
}
