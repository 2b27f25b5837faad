import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeMsOf } from "../../src/quantity/time.js";

describe("times", () => {
  it.each([
    ["1769860800000", 1_769_860_800_000],
    ["2024", 2024],
    ["2026-01-31", Date.UTC(2026, 0, 31)],
    ["2026-01-31T12:30", Date.UTC(2026, 0, 31, 12, 30)],
    ["2026-01-31 12:30:15", Date.UTC(2026, 0, 31, 12, 30, 15)],
    ["2026-01-31T12:30:15.25Z", Date.UTC(2026, 0, 31, 12, 30, 15, 250)],
    ["2026-01-31T12:30:15,123456", Date.UTC(2026, 0, 31, 12, 30, 15, 123)],
    ["2026-01-31T12:30:15+02:00", Date.UTC(2026, 0, 31, 10, 30, 15)],
    ["2026-01-31T12:30:15-0530", Date.UTC(2026, 0, 31, 18, 0, 15)],
    ["2026-01-31T12:30+02", Date.UTC(2026, 0, 31, 10, 30)],
    ["2024-02-29", Date.UTC(2024, 1, 29)],
  ])("%s", (text, ms) => {
    expect(timeMsOf(text)).toBe(ms);
  });

  it.each([
    "",
    "now",
    "-5",
    "1.5",
    "2026-13-01",
    "2026-02-31",
    "2025-02-29",
    "2026-1-1",
    "26-01-01",
    "2026-01-01T25:00",
    "2026-01-01T12",
    "2026-01-01Z",
    "2026-01-01T12:00:00 UTC",
    "Jan 1 2026",
    "99999999999999999",
  ])("%j is refused", (text) => {
    expect(timeMsOf(text)).toBeUndefined();
  });

  it("read what a Date prints", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
        expect(timeMsOf(date.toISOString())).toBe(date.getTime());
        expect(timeMsOf(String(date.getTime()))).toBe(date.getTime());
      }),
    );
  });
});
