import fc from "fast-check";
import { expect, test } from "vitest";
import { StallHistogram } from "../../src/check/stall-histogram.js";

const PRECISION = 1 / 64;
const LEAST_MS = 2 ** -10;

test("gives quantiles at most one bucket above the true ones, and the exact maximum", () => {
  const anyWaits = fc.array(
    fc.oneof(fc.constant(0), fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ min: 0, max: 1e10, noNaN: true })),
    { minLength: 1, maxLength: 200 },
  );
  fc.assert(
    fc.property(anyWaits, (waits) => {
      const histogram = new StallHistogram();
      for (const ms of waits) histogram.add(ms);
      const { p50, p99, max } = histogram.stalls();
      const sorted = waits.toSorted((a, b) => a - b);
      for (const [share, quantile] of [
        [0.5, p50],
        [0.99, p99],
      ] as const) {
        const exact = sorted[Math.ceil(share * waits.length) - 1]!;
        if (exact < LEAST_MS) expect(quantile).toBe(0);
        else {
          expect(quantile).toBeGreaterThanOrEqual(exact);
          expect(quantile).toBeLessThanOrEqual(exact * (1 + PRECISION));
        }
      }
      expect(max).toBe(sorted.at(-1));
    }),
    { numRuns: 1000 },
  );
});
