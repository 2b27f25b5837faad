import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type KillReport, killRounds, tableOf } from "../test/process/kill-rounds.js";

/** Kills with the default window, SHARDFLAKE_SOAK_ROUNDS of them: about 7 s each, because a restart waits for the rest of the window. */
const ROUNDS = Number(process.env.SHARDFLAKE_SOAK_ROUNDS ?? 40);
const DEFAULT_WINDOW_MS = 6000;
/** What a restart may cost beside the rest of the window and the start of the command. */
const MOST_LATE_MS = 500;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "shardflake-soak-"));
});

afterEach(() => rmSync(root, { recursive: true }));

async function kill(rounds: number, windowMs: number): Promise<KillReport> {
  const [directory, otherDirectory] = [join(root, "killed"), join(root, "other")];
  const report = await killRounds({ directory, otherDirectory, windowMs, rounds });
  process.stdout.write(tableOf(report));
  expect(report.ids.faults).toEqual([]);
  expect(report.end).toBe(0);
  return report;
}

it(`repeats no ID in ${ROUNDS} kills with the default window`, async () => {
  await kill(ROUNDS, DEFAULT_WINDOW_MS);
});

it("repeats no ID in 20 kills of the command, whatever it was doing, and is back within the rest of the window", async () => {
  const { rounds } = await kill(20, 500);
  const of = (kind: string) => rounds.filter((round) => round.kind === kind);
  expect(of("acquiring").length).toBeGreaterThanOrEqual(3);
  expect(of("batch").length).toBeGreaterThanOrEqual(2);
  expect(of("renewal").length).toBeGreaterThanOrEqual(5);
  expect(of("release").length).toBeGreaterThanOrEqual(4);
  for (const { kind, lines } of rounds) {
    if (kind !== "acquiring") expect(lines).toBeGreaterThanOrEqual(1000);
  }
  const late = rounds.map((round) => round.lateMs).filter((ms) => !Number.isNaN(ms));
  expect(Math.max(...late)).toBeLessThanOrEqual(MOST_LATE_MS);
});
