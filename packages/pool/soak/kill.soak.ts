import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { killRounds, tableOf } from "../test/process/kill-rounds.js";

/** Kills, SHARDFLAKE_SOAK_ROUNDS of them: about 7 s each, because a restart waits for the rest of the window. */
const ROUNDS = Number(process.env.SHARDFLAKE_SOAK_ROUNDS ?? 40);
const DEFAULT_WINDOW_MS = 6000;

it(`repeats no ID in ${ROUNDS} kills with the default window`, async () => {
  const root = mkdtempSync(join(tmpdir(), "shardflake-soak-"));
  try {
    const [directory, otherDirectory] = [join(root, "killed"), join(root, "other")];
    const report = await killRounds({ directory, otherDirectory, windowMs: DEFAULT_WINDOW_MS, rounds: ROUNDS });
    process.stdout.write(tableOf(report));
    expect(report.ids.faults).toEqual([]);
    expect(report.end).toBe(0);
  } finally {
    rmSync(root, { recursive: true });
  }
});
