import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { killRounds, tableOf } from "./kill-rounds.js";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "shardflake-kill-"));
});

afterEach(() => rmSync(root, { recursive: true }));

/** Once in everything it does; how often, and how late it comes back, is a matter of the soak. */
it("repeats no ID when the command is killed in whatever it was doing", async () => {
  const [directory, otherDirectory] = [join(root, "killed"), join(root, "other")];
  const report = await killRounds({ directory, otherDirectory, windowMs: 500, rounds: 4 });
  process.stdout.write(tableOf(report));
  expect(report.ids.faults).toEqual([]);
  expect(report.end).toBe(0);
  expect(report.rounds.some(({ kind }) => kind === "release")).toBe(true);
  for (const { kind, lines } of report.rounds) {
    if (kind === "renewal" || kind === "release") expect(lines).toBeGreaterThanOrEqual(1000);
  }
}, 60_000);
