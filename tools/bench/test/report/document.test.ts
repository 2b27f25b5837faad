import { describe, expect, it } from "vitest";
import { documentOf } from "../../src/report/document.js";
import type { Entry } from "../../src/report/history.js";

const entry = (suite: string, figure: string): Entry => ({
  suite,
  date: "2026-01-02T03:04:05.000Z",
  machine: "a machine",
  outcome: {
    about: `About ${suite}.`,
    measurements: [{ what: "speed", figure, value: 1, bound: "≥ 2", holds: false }],
    tables: [{ title: "All", head: ["a", "b"], rows: [["1 | 2", "3"]] }],
  },
});
const surroundings = { suites: ["fill", "next", "text"], versions: { ulid: "3.0.2" } };

describe("docs/benchmarks.md", () => {
  it("shows the latest run of every suite that was ever run, in the order of the suites", () => {
    const text = documentOf([entry("next", "1 ×"), entry("fill", "old"), entry("fill", "new")], surroundings);
    expect(text).not.toContain("old");
    expect(text.indexOf("## fill")).toBeLessThan(text.indexOf("## next"));
    expect(text).not.toContain("## text");
  });

  it("says when and where, what is missed, and with which packages", () => {
    const text = documentOf([entry("next", "1 ×")], surroundings);
    expect(text).toContain("*2026-01-02, a machine.*");
    expect(text).toContain("| speed | 1 × | ≥ 2 | **missed** |");
    expect(text).toContain("ulid 3.0.2");
  });

  it("keeps a bar in a cell from ending it", () => {
    expect(documentOf([entry("next", "1 ×")], surroundings)).toContain("| 1 \\| 2 | 3 |");
  });
});
