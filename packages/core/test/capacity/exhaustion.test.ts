import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exhaustionOf } from "../../src/capacity/index.js";
import { exhaustionError } from "./oracle/errors.js";
import { MEANS, SEQUENCE_BITS } from "./oracle/range.js";

describe("the probability that a tick is exhausted", () => {
  it.each(SEQUENCE_BITS)("agrees with a sum of 45 digits to 1e-9 at %d bits", (sequenceBits) => {
    const idsPerTick = 2 ** sequenceBits;
    for (const mean of [...MEANS, 0.5 * idsPerTick, 0.9 * idsPerTick, 0.999 * idsPerTick, 1.1 * idsPerTick]) {
      expect(exhaustionError(mean, idsPerTick)).toBeLessThan(1e-9);
    }
  });

  it.each([
    [3900, 4096, 8.9e-4, 5e-6],
    [4000, 4096, 6.4e-2, 5e-4],
  ])("has the published value at %d requests for %d IDs", (mean, idsPerTick, published, rounding) => {
    expect(Math.abs(exhaustionOf(mean, idsPerTick).probability - published)).toBeLessThan(rounding);
  });

  it("rises with the load, falls with a longer sequence, and never passes Chernoff's bound", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1e5, noNaN: true }),
        fc.double({ min: 1.001, max: 2, noNaN: true }),
        fc.integer({ min: 0, max: 17 }),
        (mean, factor, sequenceBits) => {
          const { lnProbability, probability, chernoffBound } = exhaustionOf(mean, 2 ** sequenceBits);
          // Near 1 the probability itself cannot rise any more.
          const more = exhaustionOf(mean * factor, 2 ** sequenceBits).lnProbability;
          expect(more).toBeGreaterThanOrEqual(lnProbability);
          if (lnProbability < -1e-6) expect(more).toBeGreaterThan(lnProbability);
          expect(exhaustionOf(mean, 2 ** (sequenceBits + 1)).lnProbability).toBeLessThanOrEqual(lnProbability);
          expect(probability).toBeLessThanOrEqual(chernoffBound);
          expect(lnProbability).toBeLessThanOrEqual(0);
        },
      ),
    );
  });

  it("is none without a load", () => {
    expect(exhaustionOf(0, 4096)).toEqual({ probability: 0, lnProbability: -Infinity, chernoffBound: 0 });
  });
});
