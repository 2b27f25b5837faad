import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countText, durationMsOf, durationText, ratePerSecondOf, shareText, sizeOf } from "../../src/index.js";

describe("quantities for people", () => {
  it.each([
    [0, "0"],
    [0.00977, "0.00977"],
    [1.5399, "1.54"],
    [99.96, "100"],
    [4_096_000, "4,096,000"],
    [4.2e9, "4,200,000,000"],
    [1.5e18, "1.50e18"],
    [2.5e-9, "2.50e-9"],
    [Number.POSITIVE_INFINITY, "unbounded"],
  ])("the number %d is %s", (value, text) => {
    expect(countText(value)).toBe(text);
  });

  it.each([
    [0, "0 ms"],
    [1, "1 ms"],
    [0.0267, "26.7 µs"],
    [1e-5, "10 ns"],
    [999.9, "1 s"],
    [1500, "1.5 s"],
    [90_000, "1.5 min"],
    [2 ** 41, "69.7 years"],
    [86_400_000 * 10, "10 d"],
  ])("%d ms are %s", (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it.each([
    [0, "0"],
    [1, "100 %"],
    [0.043, "4.3 %"],
    [1e-4, "0.01 %"],
    [8.94e-5, "8.94e-5"],
  ])("the probability %d is %s", (probability, text) => {
    expect(shareText(probability)).toBe(text);
  });

  it("a probability below every number has its power of ten", () => {
    expect(shareText(0, -1000 * Math.LN10)).toBe("1e-1000");
  });
});

describe("quantities that people write", () => {
  it("are read back, or are none", () => {
    fc.assert(
      fc.property(fc.nat(), (n) => {
        expect(sizeOf(`${n}`)).toBe(n);
        expect(durationMsOf(`${n}s`)).toBe(n * 1000);
        expect(ratePerSecondOf(`${n}/min`)).toBe(n / 60);
      }),
    );
    for (const text of ["", "10kk", "-1", "1.5", "ten"]) expect(sizeOf(text)).toBeUndefined();
    for (const text of ["", "5", "1.5ms", "ms", "5 s", "5S"]) expect(durationMsOf(text)).toBeUndefined();
    for (const text of ["", "5", "10kk/s", "5/y", "5/s/s", "-5/s"]) expect(ratePerSecondOf(text)).toBeUndefined();
  });
});
