import fc from "fast-check";
import { expect, it } from "vitest";
import { coveringRanges } from "../../../src/store/etcd/transaction.js";

const numbers = fc.uniqueArray(fc.nat(300), { minLength: 1, maxLength: 80 });
const most = fc.integer({ min: 1, max: 20 });

function covered(ranges: readonly (readonly [number, number])[]): number[] {
  return ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
}

it("covers every number by so many ranges at most, apart and ascending", () => {
  fc.assert(
    fc.property(numbers, most, (given, count) => {
      const ranges = coveringRanges(given, count);
      expect(ranges.length).toBeLessThanOrEqual(count);
      const all = covered(ranges);
      expect(new Set(all).size).toBe(all.length);
      expect(all).toEqual([...all].sort((a, b) => a - b));
      expect(all).toEqual(expect.arrayContaining(given));
      for (const [first, last] of ranges) expect(given).toEqual(expect.arrayContaining([first, last]));
    }),
  );
});

it("covers no number that it need not", () => {
  fc.assert(
    fc.property(numbers, most, (given, count) => {
      const sorted = [...given].sort((a, b) => a - b);
      const widths = sorted.slice(1).map((number, i) => number - sorted[i]! - 1);
      const left = widths.sort((a, b) => b - a).slice(count - 1);
      const strangers = covered(coveringRanges(given, count)).length - given.length;
      expect(strangers).toBe(left.reduce((sum, width) => sum + width, 0));
    }),
  );
});
