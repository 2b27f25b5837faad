import fc from "fast-check";
import { expect, test } from "vitest";
import { KSorted } from "../../src/check/k-sorted.js";
import { Sighting } from "../../src/check/sighting.js";

function see(kSorted: KSorted, ids: readonly number[]): void {
  for (const id of ids) kSorted.see(Object.assign(new Sighting(), { low: id, lastLow: id, count: 1, tick: id }));
}

function naiveRadius(ids: readonly number[]): number {
  let radius = 0;
  for (const [place, id] of ids.entries()) {
    const earlier = ids.findIndex((other) => other > id);
    if (earlier >= 0) radius = Math.max(radius, place - earlier);
  }
  return radius;
}

/** Mostly ascending, with elements displaced by anything up to the whole length. */
const anyIds = fc
  .array(
    fc.record({
      step: fc.nat({ max: 2 }),
      back: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.nat({ max: 60 })),
    }),
    {
      maxLength: 300,
      size: "max",
    },
  )
  .map((moves) => {
    let id = 100;
    return moves.map(({ step, back }) => {
      id += step;
      return Math.max(0, id - back);
    });
  });

test("is the largest distance of two IDs of which the earlier is the larger", () => {
  fc.assert(
    fc.property(anyIds, (ids) => {
      const kSorted = new KSorted(1);
      see(kSorted, ids);
      expect(kSorted.radius).toBe(naiveRadius(ids));
      expect(kSorted.result().figure).toContain(`k = ${kSorted.radius},`);
    }),
    { numRuns: 1000 },
  );
});

test("says so where it is only a lower bound, because earlier steps are forgotten", () => {
  let inexact = 0;
  fc.assert(
    fc.property(anyIds, (ids) => {
      const kSorted = new KSorted(1, 16);
      see(kSorted, ids);
      const isExact = kSorted.result().figure.includes("k = ");
      if (!isExact) inexact++;
      if (isExact) expect(kSorted.radius).toBe(naiveRadius(ids));
      else expect(kSorted.radius).toBeLessThanOrEqual(naiveRadius(ids));
    }),
    { numRuns: 1000 },
  );
  expect(inexact).toBeGreaterThan(0);
});
