import { describe, expect, it } from "vitest";
import { parsePeriod } from "../../src/values/period.js";

describe("periods", () => {
  it("are half-open", () => {
    expect(parsePeriod("2026-01-01", "2026-01-02")).toEqual({
      fromMs: Date.UTC(2026, 0, 1),
      toMs: Date.UTC(2026, 0, 2),
    });
  });

  it.each([
    ["2026-01-01", "2026-01-01"],
    ["2026-01-02", "2026-01-01"],
  ])("%s to %s is refused", (from, to) => {
    expect(() => parsePeriod(from, to)).toThrow(expect.objectContaining({ code: "USAGE" }));
  });
});
