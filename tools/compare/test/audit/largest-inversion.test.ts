import fc from "fast-check";
import { expect, it } from "vitest";
import { type Inversion, largestInversion } from "../../src/audit/largest-inversion.js";
import { receivedOf } from "../received.js";

const receipts = fc
  .array(fc.record({ id: fc.bigInt({ min: 1n, max: 40n }), tookMs: fc.integer({ min: 0, max: 20 }) }), {
    maxLength: 40,
  })
  .map((all) => all.map(({ id, tookMs }, i) => ({ id, requestedMs: Math.max(0, i * 3 - tookMs), completedMs: i * 3 })));

it("finds the largest inversion that looking at every pair finds", () => {
  fc.assert(
    fc.property(receipts, (all) => {
      const received = receivedOf(all);
      const found = largestInversion({ ...received, values: received.ids.words });
      let expected: Inversion = { ms: 0, ids: 0 };
      all.forEach((a, i) => {
        all.slice(i + 1).forEach((b, distance) => {
          if (a.id <= b.id || a.completedMs >= b.requestedMs) return;
          expected = {
            ms: Math.max(expected.ms, b.requestedMs - a.completedMs),
            ids: Math.max(expected.ids, distance + 1),
          };
        });
      });
      expect(found).toEqual(expected);
    }),
  );
});
