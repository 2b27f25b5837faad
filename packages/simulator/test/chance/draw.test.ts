import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Draw } from "../../src/chance/draw.js";

const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe("Draw", () => {
  test("the same seed draws the same, within the bounds asked for", () => {
    fc.assert(
      fc.property(anySeed, fc.integer({ min: -50, max: 50 }), fc.nat({ max: 100 }), (seed, least, more) => {
        const drawn = (draw: Draw): readonly number[] => [
          draw.integer(least, least + more),
          draw.magnitude(1, 1 + more),
          draw.unit(),
          draw.sign(),
        ];
        const [integer, magnitude, unit] = drawn(new Draw(seed)) as [number, number, number];
        expect(drawn(new Draw(seed))).toEqual(drawn(new Draw(seed)));
        expect(integer >= least && integer <= least + more).toBe(true);
        expect(magnitude >= 1 && magnitude <= 1 + more).toBe(true);
        expect(unit >= 0 && unit < 1).toBe(true);
      }),
    );
  });

  test("magnitudes are as often small as large", () => {
    const draw = new Draw(3);
    const small = Array.from({ length: 4000 }, () => draw.magnitude(1, 10_000)).filter((value) => value < 100);
    expect(small.length).toBeGreaterThan(1800);
    expect(small.length).toBeLessThan(2200);
  });
});
