import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeKnobs } from "../../src/bar/place-knobs.js";

describe("placing knobs", () => {
  it("keeps them in order, apart and on the bar", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 343, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (unsorted) => {
          const positions = unsorted.sort((a, b) => a - b);
          const places = placeKnobs(positions, 34, 343);
          expect(places).toHaveLength(positions.length);
          expect(places[0]!).toBeGreaterThanOrEqual(17 - 1e-9);
          expect(places.at(-1)!).toBeLessThanOrEqual(343 - 17 + 1e-9);
          for (let i = 1; i < places.length; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(34 - 1e-9);
        },
      ),
    );
  });

  it("leaves those alone that have room", () => {
    expect(placeKnobs([20, 100, 300], 34, 343)).toEqual([20, 100, 300]);
  });

  it("spreads those that lie on one another around their border", () => {
    expect(placeKnobs([100, 100], 34, 343)).toEqual([83, 117]);
  });
});
