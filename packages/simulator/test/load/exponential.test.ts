import fc from "fast-check";
import { expect, test } from "vitest";
import { exponentialStream, minusLog } from "../../src/load/exponential.js";

test("the logarithm is one to eleven digits, and never 0", () => {
  const ends = [1, 2, 3, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1].map((word) => fc.constant(word));
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: 1, max: 2 ** 32 - 1 }), ...ends), (word) => {
      const error = minusLog(word) + Math.log(word / 2 ** 32);
      expect(Math.abs(error)).toBeLessThan(2e-11);
      expect(minusLog(word)).toBeGreaterThan(0);
    }),
  );
});

test("as many numbers are above x as the distribution says", () => {
  const next = exponentialStream(7);
  const numbers = Array.from({ length: 100_000 }, next);
  for (const x of [0.01, 0.1, 0.5, 1, 2, 4]) {
    const share = numbers.filter((number) => number > x).length / numbers.length;
    expect(Math.abs(share - Math.exp(-x))).toBeLessThan(0.008);
  }
});
