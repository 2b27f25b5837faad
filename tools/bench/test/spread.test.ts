import { describe, expect, it } from "vitest";
import { showSpread, spreadOf } from "../src/spread.js";

describe("spreadOf", () => {
  it("tells the middle, and what a tenth stays below and lies above", () => {
    const values = Array.from({ length: 21 }, (_, index) => index);
    expect(spreadOf(values.toReversed())).toEqual({ median: 10, low: 2, high: 18 });
  });

  it("refuses to make something of nothing", () => {
    expect(() => spreadOf([])).toThrow("Expected some values");
  });

  it("is shown with its borders", () => {
    expect(showSpread({ median: 1.234, low: 1, high: 2 })).toBe("1.23 (1.00–2.00)");
  });
});
