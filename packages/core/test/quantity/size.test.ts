import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sizeOf } from "../../src/quantity/size.js";

describe("sizes", () => {
  it.each([
    ["0", 0],
    ["1000000", 1_000_000],
    ["1e6", 1_000_000],
    ["1E+6", 1_000_000],
    ["1_000_000", 1_000_000],
    ["1M", 1_000_000],
    ["1.1G", 1_100_000_000],
    ["2.5k", 2500],
    ["1Ki", 1024],
    ["256Mi", 268_435_456],
    ["2Gi", 2_147_483_648],
    ["0.5Ki", 512],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
  ])("%s is %d", (text, size) => {
    expect(sizeOf(text)).toBe(size);
  });

  it.each([
    "",
    "M",
    "-1",
    "+1",
    "1.5",
    "1e",
    "1e-3",
    "1K",
    "1m",
    "1kk",
    "1 M",
    "0x10",
    "_1",
    "1__0",
    "1_",
    "1.",
    ".5",
    "∞",
  ])("%j is refused", (text) => {
    expect(sizeOf(text)).toBeUndefined();
  });

  it.each(["9007199254740992", "1e99", "9007199254740993", "10000000G"])("%s is too large to be exact", (text) => {
    expect(sizeOf(text)).toBeUndefined();
  });

  it("read what a number prints, with any unit", () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.constantFrom<[string, number]>(["", 1], ["k", 1e3], ["Mi", 2 ** 20]),
        (n, [unit, factor]) => {
          fc.pre(Number.isSafeInteger(n * factor));
          expect(sizeOf(`${n}${unit}`)).toBe(n * factor);
        },
      ),
    );
  });
});
