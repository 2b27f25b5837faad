import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineLayout, presets } from "@shardflake/core";
import { afterAll, describe, expect, it } from "vitest";
import { parseLayout } from "../../src/values/layout.js";

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
