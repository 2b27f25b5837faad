import fc from "fast-check";
import { expect, it } from "vitest";
import { chanceOf } from "../../src/register/chance.js";

it("lies in [0, 1), and is the same for the same text", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(chanceOf(text)).toBe(chanceOf(text));
      expect(chanceOf(text)).toBeGreaterThanOrEqual(0);
      expect(chanceOf(text)).toBeLessThan(1);
    }),
  );
});

it("is spread evenly, also over texts that differ little", () => {
  const slots = new Array<number>(16).fill(0);
  for (let number = 0; number < 16_000; number++) slots[Math.floor(chanceOf(`host-1/${number}`) * 16)]!++;
  for (const count of slots) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
