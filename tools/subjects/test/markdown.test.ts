import { expect, test } from "vitest";
import { markdown } from "../src/markdown.js";
import type { Result } from "../src/result.js";
import { SCENARIOS } from "../src/scenarios.js";

const GOOD: Result = {
  verdict: "pass",
  issued: 1000,
  duplicates: 0,
  outOfOrder: 0,
  outOfOrderAcross: 0,
  throws: 0,
  hangs: 0,
  broken: [],
};

const table = (...results: readonly Result[]): string =>
  markdown([{ subject: "some@1.0.0", results }], SCENARIOS.slice(0, results.length));

test("sums stand in the first table, and the worst verdict", () => {
  const bad: Result = {
    ...GOOD,
    verdict: "fail",
    duplicates: 7,
    outOfOrder: 8,
    throws: 9,
    hangs: 1,
    broken: ["unique"],
  };
  expect(table(GOOD, bad)).toContain("| some@1.0.0 | 2,000 | 7 | 8 | 0 | 9 | 1 | fail |");
});

test("the second table has a letter for all that broke in a scenario", () => {
  const bad: Result = { ...GOOD, verdict: "fail", duplicates: 7, outOfOrderAcross: 8, broken: ["unique", "layout"] };
  const undecided: Result = { ...GOOD, verdict: "unknown" };
  expect(table(GOOD, bad, undecided)).toContain("| some@1.0.0 | · | D O L | ? |");
});
