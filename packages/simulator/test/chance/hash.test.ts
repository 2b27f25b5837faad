import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mixed, unitOf } from "../../src/chance/hash.js";

describe("hash", () => {
  test("every word fed changes the outcome, and their order does", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (seed, a, b) => {
        expect(unitOf(mixed(seed, a))).toBe(unitOf(mixed(seed, a)));
        fc.pre(a !== b);
        expect(mixed(seed, a)).not.toBe(mixed(seed, b));
        expect(mixed(mixed(seed, a), b)).not.toBe(mixed(mixed(seed, b), a));
      }),
    );
  });

  test("neighbouring words spread evenly over 0 to below 1", () => {
    const buckets = new Array<number>(10).fill(0);
    for (let word = 0; word < 10_000; word++) buckets[Math.floor(unitOf(mixed(7, word)) * 10)]!++;
    expect(Math.min(...buckets)).toBeGreaterThan(900);
    expect(Math.max(...buckets)).toBeLessThan(1100);
  });
});
