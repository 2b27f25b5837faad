import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { markdown } from "../src/markdown.js";
import { PACKAGES, runRow } from "../src/run-row.js";
import { SCENARIOS } from "../src/scenarios.js";

const document = readFileSync(new URL("../../../docs/subjects.md", import.meta.url), "utf8");

test("the committed table has every package, as it is pinned, and every scenario", () => {
  for (const { packageName, version } of PACKAGES) expect(document).toContain(`| ${packageName}@${version} |`);
  for (const { name, what } of SCENARIOS) expect(document).toContain(`**${name}**: ${what}`);
});

test("the committed table is what comes out today", async () => {
  const row = await runRow(PACKAGES.find(({ name }) => name === "nodejs-snowflake")!);
  for (const line of markdown([row], SCENARIOS)
    .split("\n")
    .filter((text) => text.includes("nodejs"))) {
    expect(document.split("\n")).toContain(line);
  }
}, 60_000);
