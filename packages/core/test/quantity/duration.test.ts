import { describe, expect, it } from "vitest";
import { durationMsOf } from "../../src/quantity/duration.js";

describe("durations", () => {
  it.each([
    ["250ms", 250],
    ["10s", 10_000],
    ["1.5s", 1500],
    ["5min", 300_000],
    ["2h", 7_200_000],
    ["30d", 2_592_000_000],
    ["1y", 31_556_952_000],
    ["70y", 2_208_986_640_000],
  ])("%s is %d ms", (text, ms) => {
    expect(durationMsOf(text)).toBe(ms);
  });

  it.each(["", "10", "s", "10 s", "-1s", "1.5ms", "10m", "1S", "1s2"])("%j is refused", (text) => {
    expect(durationMsOf(text)).toBeUndefined();
  });
});
