import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisText, roundTicks } from "../../src/charts/scale.js";

describe("the ticks of an axis", () => {
  it("are round, even, and as many as there is room for", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e15, noNaN: true }), fc.integer({ min: 3, max: 10 }), (end, most) => {
        const ticks = roundTicks(end, most);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)!).toBeLessThanOrEqual(end * (1 + 1e-9));
        expect(`${Number((ticks[1]! / 10 ** Math.floor(Math.log10(ticks[1]! * (1 + 1e-9)))).toPrecision(3))}`).toMatch(
          /^[125]$/,
        );
      }),
    );
  });

  it.each([
    [0, "0"],
    [999, "999"],
    [1500, "1.5k"],
    [4_096_000, "4.1M"],
    [2e12, "2T"],
  ])("%d reads %s", (value, text) => {
    expect(axisText(value)).toBe(text);
  });
});
