import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineLayout, presets } from "@shardflake/core";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { parseDurationMs } from "../../src/values/duration.js";
import { parseLayout } from "../../src/values/layout.js";
import { parsePeriod } from "../../src/values/period.js";
import { parseRatePerSecond } from "../../src/values/rate.js";
import { parseSize } from "../../src/values/size.js";
import { parseTimeMs } from "../../src/values/time.js";

const invalid = (name: string): object =>
  expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(name) });

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
    expect(parseSize(text, "--memory")).toBe(size);
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
    expect(() => parseSize(text, "--memory")).toThrow(invalid("--memory"));
  });

  it.each(["9007199254740992", "1e99", "9007199254740993", "10000000G"])("%s is too large to be exact", (text) => {
    expect(() => parseSize(text, "--memory")).toThrow(invalid("--memory"));
  });

  it("read what a number prints, with any unit", () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.constantFrom<[string, number]>(["", 1], ["k", 1e3], ["Mi", 2 ** 20]),
        (n, [unit, factor]) => {
          fc.pre(Number.isSafeInteger(n * factor));
          expect(parseSize(`${n}${unit}`, "")).toBe(n * factor);
        },
      ),
    );
  });
});

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
    expect(parseDurationMs(text, "--window")).toBe(ms);
  });

  it.each(["", "10", "s", "10 s", "-1s", "1.5ms", "10m", "1S", "1s2"])("%j is refused", (text) => {
    expect(() => parseDurationMs(text, "--window")).toThrow(invalid("--window"));
  });
});

describe("rates", () => {
  it.each([
    ["10k/s", 10_000],
    ["2M/min", 2e6 / 60],
    ["3600/h", 1],
    ["1e6/d", 1e6 / 86_400],
  ])("%s is %d a second", (text, perSecond) => {
    expect(parseRatePerSecond(text, "--rate")).toBe(perSecond);
  });

  it.each(["", "10k", "/s", "10/", "10/y", "10/s/s", "-1/s"])("%j is refused", (text) => {
    expect(() => parseRatePerSecond(text, "--rate")).toThrow(invalid("--rate"));
  });
});

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
    expect(parseTimeMs(text, "--from")).toBe(ms);
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
    expect(() => parseTimeMs(text, "--from")).toThrow(invalid("--from"));
  });

  it("read what a Date prints", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
        expect(parseTimeMs(date.toISOString(), "")).toBe(date.getTime());
        expect(parseTimeMs(String(date.getTime()), "")).toBe(date.getTime());
      }),
    );
  });
});

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

describe("layouts", () => {
  const directory = mkdtempSync(join(tmpdir(), "layout-test-"));
  afterAll(() => rmSync(directory, { recursive: true }));

  const file = (json: string): string => {
    const path = join(directory, "layout.json");
    writeFileSync(path, json);
    return path;
  };

  it("are the default, a preset, JSON or a file", () => {
    expect(parseLayout(undefined, undefined)).toEqual(defineLayout());
    expect(parseLayout("twitter", undefined)).toEqual(presets.twitter);
    expect(parseLayout('{"sequenceBits":10}', undefined)).toEqual(defineLayout({ sequenceBits: 10 }));
    expect(parseLayout(file('{"machineBits":3}\n'), undefined)).toEqual(defineLayout({ machineBits: 3 }));
  });

  it("take another epoch", () => {
    expect(parseLayout('{"sequenceBits":10,"tickMs":5}', "2026-01-01")).toEqual(
      defineLayout({ sequenceBits: 10, tickMs: 5, epoch: Date.UTC(2026, 0, 1) }),
    );
  });

  it.each<[string, string]>([
    ["nonsense", "OPTION_INVALID"],
    ["__proto__", "OPTION_INVALID"],
    ["{", "OPTION_INVALID"],
    ['{"sequenceBits":33}', "LAYOUT_INVALID"],
    ['{"bits":3}', "LAYOUT_INVALID"],
  ])("%s is refused", (text, code) => {
    expect(() => parseLayout(text, undefined)).toThrow(expect.objectContaining({ code }));
  });

  it.each(["", "[1]", "null", "7"])("a file of %j is refused", (json) => {
    expect(() => parseLayout(file(json), undefined)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(OPTION|LAYOUT)_INVALID$/) }),
    );
  });
});
