import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankIds } from "../../src/audit/rank-ids.js";
import { encodeIds } from "../../src/load/encode-ids.js";

/** UUIDs of which many share their higher halves. */
const uuid = fc.oneof(
  fc.uuid(),
  fc.integer({ min: 0, max: 9 }).map((n) => `00000000-0000-7000-8000-00000000000${n}`),
);

describe("the ranks of UUIDs", () => {
  it("are in the order of their texts, and equal where those are", () => {
    fc.assert(
      fc.property(fc.array(uuid, { minLength: 2, maxLength: 40 }), (texts) => {
        const ranks = [...rankIds(encodeIds(texts))];
        for (const [i, a] of texts.entries()) {
          for (const [j, b] of texts.entries()) {
            expect(Math.sign(Number(ranks[i]! - ranks[j]!))).toBe(a < b ? -1 : a > b ? 1 : 0);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("leave numbers as they are", () => {
    expect([...rankIds(encodeIds([5n, 3n, 5n]))]).toEqual([5n, 3n, 5n]);
  });
});
