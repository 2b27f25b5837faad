import { describe, expect, it } from "vitest";
import { ratePerSecondOf } from "../../src/quantity/rate.js";

describe("rates", () => {
  it.each([
    ["10k/s", 10_000],
    ["2M/min", 2e6 / 60],
    ["3600/h", 1],
    ["1e6/d", 1e6 / 86_400],
  ])("%s is %d a second", (text, perSecond) => {
    expect(ratePerSecondOf(text)).toBe(perSecond);
  });

  it.each(["", "10k", "/s", "10/", "10/y", "10/s/s", "-1/s"])("%j is refused", (text) => {
    expect(ratePerSecondOf(text)).toBeUndefined();
  });
});
