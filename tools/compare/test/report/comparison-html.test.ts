import { expect, it } from "vitest";
import { comparisonHtml } from "../../src/report/comparison-html.js";
import { verdictsOf } from "../../src/verdict/verdict.js";
import { GOOD_CELLS } from "../verdict/cells.js";

const page = comparisonHtml({
  settings: { secondsPerDesign: 5, servers: 3, rows: 1000, database: "embedded" },
  host: { node: "v20", cpus: 2, cpu: "<cpu>" },
  database: "PostgreSQL 18",
  seconds: 100,
  designs: [{ name: "snowflake", title: "Snow & flake", cells: GOOD_CELLS, verdicts: verdictsOf(GOOD_CELLS) }],
});

it("needs nothing from anywhere", () => {
  expect(page.match(/(?:src|href)="[^"]*"/g)).toEqual(['href="data:,"']);
  expect(page).not.toMatch(/<script|url\(|@import/);
});

it("shows text as text, whatever is in it", () => {
  expect(page).toContain("&lt;cpu&gt;");
  expect(page).toContain("Snow &amp; flake");
  expect(page).toContain("start a &lt;copy&gt;");
});

it("has every row and a chart whose bars say why one is missing", () => {
  expect(page).toContain("a server is killed");
  expect(page).toMatch(/<svg role="img" aria-label="Primary key of the rows in PostgreSQL".*not in this test/);
});
