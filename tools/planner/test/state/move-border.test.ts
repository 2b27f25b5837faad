import { defineLayout, type Layout } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BITS, BORDERS, type Border, lengthsOf, moveBorder, positionOf, rangeOf } from "../../src/state/move-border.js";

const anyLayout: fc.Arbitrary<Layout> = fc
  .tuple(fc.integer({ min: 1, max: 52 }), fc.nat(16), fc.nat(16), fc.nat(32))
  .filter((bits) => bits.reduce((sum, length) => sum + length, 0) <= BITS)
  .map(([timestampBits, datacenterBits, machineBits, sequenceBits]) =>
    defineLayout({ timestampBits, datacenterBits, machineBits, sequenceBits }),
  );
const anyBorder: fc.Arbitrary<Border> = fc.constantFrom(...BORDERS);

describe("moving a border", () => {
  it("gives to one side what it takes from the other, and touches nothing else", () => {
    fc.assert(
      fc.property(anyLayout, anyBorder, fc.integer({ min: -10, max: 80 }), (layout, border, position) => {
        const moved = moveBorder(layout, border, position);
        const by = positionOf(moved, border) - positionOf(layout, border);
        const expected = [...lengthsOf(layout)];
        expected[border]! -= by;
        if (border > 0) expected[border - 1]! += by;
        expect(lengthsOf(moved)).toEqual(expected);
        for (const other of BORDERS)
          if (other !== border) expect(positionOf(moved, other)).toBe(positionOf(layout, other));
      }),
    );
  });

  it("goes as far as the range says, and no further", () => {
    fc.assert(
      fc.property(anyLayout, anyBorder, (layout, border) => {
        const [least, most] = rangeOf(layout, border);
        expect(positionOf(moveBorder(layout, border, -100), border)).toBeGreaterThanOrEqual(least);
        expect(positionOf(moveBorder(layout, border, 100), border)).toBeLessThanOrEqual(most);
        expect(least).toBeLessThanOrEqual(positionOf(layout, border));
        expect(most).toBeGreaterThanOrEqual(positionOf(layout, border));
      }),
    );
  });

  it("comes back", () => {
    fc.assert(
      fc.property(anyLayout, anyBorder, fc.integer({ min: 0, max: 63 }), (layout, border, position) => {
        const from = positionOf(layout, border);
        expect(moveBorder(moveBorder(layout, border, position), border, from)).toEqual(layout);
      }),
    );
  });

  it("stops short of a lifetime that no date can tell", () => {
    const layout = defineLayout({ timestampBits: 50, datacenterBits: 0, machineBits: 0, sequenceBits: 0 });
    expect(moveBorder(layout, 0, 0).timestampBits).toBe(52);
  });
});
