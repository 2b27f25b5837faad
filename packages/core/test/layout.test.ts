import { describe, expect, it } from "vitest";
import { defineLayout } from "../src/index.js";

describe("the epoch of a layout", () => {
  it.each([
    ["2020-01-01", 0],
    ["2020-01-01T00:00", 0],
    ["2020-01-01T00:00:00.5", 500],
    ["2020-01-01 02:00+02:00", 0],
  ])("is UTC unless it names a zone: %s", (epoch, afterMs) => {
    expect(defineLayout({ epoch }).epochMs).toBe(Date.UTC(2020, 0, 1) + afterMs);
  });

  it.each(["2020-02-30", "2020", "5", "1577836800000", "Jan 1 2020", "2020-01-01T00:00 EST", ""])(
    "is no text that Date.parse guesses at: %j",
    (epoch) => {
      expect(() => defineLayout({ epoch })).toThrow(expect.objectContaining({ code: "LAYOUT_INVALID" }));
    },
  );
});
