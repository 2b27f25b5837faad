import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { killRounds, tableOf } from "./kill-rounds.js";

/** What a restart may cost beside the rest of the window and the start of the command. */
const MOST_LATE_MS = 500;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "shardflake-kill-"));
});

afterEach(() => rmSync(root, { recursive: true }));

it("repeats no ID in 20 kills of the command, whatever it was doing, and is back within the rest of the window", async () => {
  const [directory, otherDirectory] = [join(root, "killed"), join(root, "other")];
  const report = await killRounds({ directory, otherDirectory, windowMs: 500, rounds: 20 });
  process.stdout.write(tableOf(report));

  expect(report.ids.faults).toEqual([]);
  expect(report.end).toBe(0);
  const of = (kind: string) => report.rounds.filter((round) => round.kind === kind);
  expect(of("acquiring").length).toBeGreaterThanOrEqual(3);
  expect(of("batch").length).toBeGreaterThanOrEqual(2);
  expect(of("renewal").length).toBeGreaterThanOrEqual(5);
  expect(of("release").length).toBeGreaterThanOrEqual(4);
  for (const { kind, lines } of report.rounds) {
    if (kind !== "acquiring") expect(lines).toBeGreaterThanOrEqual(1000);
  }
  const late = report.rounds.map((round) => round.lateMs).filter((ms) => !Number.isNaN(ms));
  expect(Math.max(...late)).toBeLessThanOrEqual(MOST_LATE_MS);
}, 120_000);
