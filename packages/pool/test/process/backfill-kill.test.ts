import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decompose, defineLayout } from "@shardflake/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MAIN } from "./command.js";

const LAYOUT = defineLayout();
const PERIOD = ["--from", "2024-01-01", "--to", "2024-02-01"];

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "shardflake-backfill-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

/** Runs a backfill; `leastLines` complete lines end it with a kill −9. */
async function backfill(count: number, leastLines = Number.POSITIVE_INFINITY): Promise<string[]> {
  const child = spawn(
    process.execPath,
    [MAIN, "generate", String(count), "--shards", "1", "--quiet", "--store", `embedded:${directory}`, ...PERIOD],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let text = "";
  child.stdout.setEncoding("ascii");
  child.stdout.on("data", (piece: string) => {
    text += piece;
    if (text.length >= leastLines * 20) child.kill("SIGKILL");
  });
  await once(child, "close");
  return text.split("\n").slice(0, -1);
}

function machineIdsOf(lines: readonly string[]): number[] {
  return [...new Set(lines.map((line) => decompose(LAYOUT, BigInt(line)).machineId))];
}

it("a backfill that was killed leaves its period spent: the next one takes another machine ID and repeats nothing", async () => {
  const killed = await backfill(20_000_000, 1000);
  expect(killed.length).toBeGreaterThanOrEqual(1000);
  expect(killed.length).toBeLessThan(20_000_000);
  const again = await backfill(50_000);
  expect(again).toHaveLength(50_000);
  const spent = machineIdsOf(killed);
  expect(machineIdsOf(again).filter((machineId) => spent.includes(machineId))).toEqual([]);
  expect(new Set([...killed, ...again]).size).toBe(killed.length + again.length);
});
