import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { simulateSubject } from "../../dist/subject/run-subject.js";
import { READY_SUBJECTS } from "../../src/subject/ready-subjects.js";
import { scenarioWith } from "./scenarios.js";

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

test.each(READY_SUBJECTS)("$name is installed as it is pinned", ({ packageName, version }) => {
  expect(manifest.devDependencies[packageName]).toBe(version);
});

test.each(READY_SUBJECTS)(
  "$name issues IDs by simulated clocks, and passes where nothing goes wrong",
  async ({ name }) => {
    const scenario = scenarioWith({ durationMs: 50, shards: 1 });
    const outcome = await simulateSubject(scenario, name);
    expect(outcome.violations).toEqual([]);
    expect(outcome.verdict).toBe("pass");
    expect(outcome.issued).toBe(99);
    expect(outcome.coverage["clock-reads"]).toBeGreaterThanOrEqual(99);
  },
);
