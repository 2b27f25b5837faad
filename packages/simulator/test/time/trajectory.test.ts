import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cosinePi } from "../../src/time/cosine.js";
import { sum, Trajectory } from "../../src/time/trajectory.js";

const anyTrajectory = fc
  .array(fc.tuple(fc.nat({ max: 1000 }), fc.integer({ min: -9, max: 9 }), fc.integer({ min: -3, max: 3 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pieces) => {
    const trajectory = new Trajectory();
    trajectory.append(0, 0, 0);
    for (const [startMs, value, slope] of pieces.toSorted(([a], [b]) => a - b))
      trajectory.append(startMs, value, slope);
    return trajectory;
  });

describe("Trajectory", () => {
  test("a sum is the sum at every time", () => {
    fc.assert(
      fc.property(anyTrajectory, anyTrajectory, fc.array(fc.nat({ max: 1100 })), (a, b, times) => {
        const total = sum(a, b);
        for (const atMs of times) {
          expect(total.at(atMs)).toBeCloseTo(a.at(atMs) + b.at(atMs), 9);
          expect(total.slopeAt(atMs)).toBe(a.slopeAt(atMs) + b.slopeAt(atMs));
        }
      }),
    );
  });
});

test("cosinePi is the cosine", () => {
  for (let x = 0; x <= 1; x += 1 / 128) expect(Math.abs(cosinePi(x) - Math.cos(Math.PI * x))).toBeLessThan(1e-9);
});
