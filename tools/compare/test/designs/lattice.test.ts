import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dealAbove, fenceAbove } from "../../src/designs/lattice.js";

/** The first numbers of counter `i`. */
const numbers = ({ first, step }: ReturnType<typeof dealAbove>, i: number, count: number): bigint[] =>
  Array.from({ length: count }, (_, n) => first[i]! + BigInt(n * step));

const counters = fc.integer({ min: 1, max: 8 });
const counts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 8, maxLength: 8 });

describe("numbers dealt out over counters", () => {
  it("belong to one counter each, and none is left out", () => {
    fc.assert(
      fc.property(counters, fc.bigInt({ min: 0n, max: 2n ** 60n }), (n, fence) => {
        const deal = dealAbove(fence, n);
        const all = deal.first.flatMap((_, i) => numbers(deal, i, 5)).sort((a, b) => Number(a - b));
        expect(all).toEqual(Array.from({ length: 5 * n }, (_, i) => fence + BigInt(i + 1)));
      }),
    );
  });

  it("stay different when their number changes above a fence, whichever counter learns of it first", () => {
    fc.assert(
      fc.property(counters, counters, counts, counts, (before, after, issued, more) => {
        const old = dealAbove(0n, before);
        const first = old.first.flatMap((_, i) => numbers(old, i, issued[i]!));
        const fence = fenceAbove(first);
        // Counters that were not told yet go on by the old rule, up to the fence.
        const late = old.first.flatMap((_, i) => numbers(old, i, issued[i]! + more[i]!)).filter((id) => id <= fence);
        const deal = dealAbove(fence, after);
        const next = deal.first.flatMap((_, i) => numbers(deal, i, more[i]!));
        const all = new Set([...first, ...late, ...next]);
        expect(all.size).toBe(new Set([...first, ...late]).size + next.length);
      }),
    );
  });
});
