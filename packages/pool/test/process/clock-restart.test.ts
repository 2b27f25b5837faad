import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decompose, defineLayout } from "@shardflake/core";
import type { Lease } from "@shardflake/pool";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const PROGRAM = fileURLToPath(new URL("./one-run.mjs", import.meta.url));
const LAYOUT = defineLayout();
const COUNT = 20_000;
const WINDOW_MS = 500;
const HOUR_MS = 3_600_000;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "shardflake-clock-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

interface Issued {
  readonly kind: "issued";
  readonly ids: readonly bigint[];
  readonly leases: readonly Lease[];
  /** What the run's clock read after the last ID. */
  readonly clockMs: number;
}

interface Failed {
  readonly kind: "failed";
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs: number;
}

/** A process of its own on the same state directory, with the clock set wrong by so much. */
async function run(
  offsetMs: number,
  options: { machineIds?: number[]; waitMs?: number; end?: "close" | "kill" } = {},
): Promise<Issued | Failed> {
  const settings = {
    ...{ directory, count: COUNT, offsetMs, datacenterId: 0, machineIds: [0], shards: 1, windowMs: WINDOW_MS },
    ...options,
  };
  const output = await new Promise<string>((resolve) => {
    // A process that kills itself counts as failed; what it printed tells more.
    execFile(process.execPath, [PROGRAM, JSON.stringify(settings)], { maxBuffer: 2 ** 24 }, (_, text) => resolve(text));
  });
  const outcome = JSON.parse(output);
  return outcome.kind === "issued" ? { ...outcome, ids: outcome.ids.map(BigInt) } : outcome;
}

async function issued(...how: Parameters<typeof run>): Promise<Issued> {
  const outcome = await run(...how);
  expect(outcome).toMatchObject({ kind: "issued" });
  return outcome as Issued;
}

/** Above all that was issued before, and by its own clock not from the future. */
function expectSuccessor(first: Issued, second: Issued): void {
  expect(second.ids).toHaveLength(COUNT);
  expect(isAscending([...first.ids, ...second.ids])).toBe(true);
  expect(decompose(LAYOUT, second.ids.at(-1)!).timestampMs).toBeLessThanOrEqual(second.clockMs);
}

function isAscending(ids: readonly bigint[]): boolean {
  return ids.every((id, i) => i === 0 || id > ids[i - 1]!);
}

describe("a clock set back while nothing ran", () => {
  it.each(["close", "kill"] as const)("by 1 s, after a %s: waits until it has passed what was issued", async (end) => {
    const first = await issued(0, { end });
    const second = await issued(-1000, { end });
    expectSuccessor(first, second);
  });

  it("by 1 h: refuses with FLOOR_AHEAD, and says how long it would take", async () => {
    const first = await issued(0);
    const refused = (await run(-HOUR_MS, { waitMs: 300 })) as Failed;
    expect(refused).toMatchObject({ kind: "failed", code: "FLOOR_AHEAD" });
    expect(refused.message).toContain(`${refused.retryAfterMs} ms`);
    // The hour, less what has passed between the two runs.
    expect(refused.retryAfterMs).toBeLessThanOrEqual(HOUR_MS);
    expect(refused.retryAfterMs).toBeGreaterThan(HOUR_MS - 60_000);
    // Nothing was spoilt: with the clock set right it goes on.
    expectSuccessor(first, await issued(0));
  });

  it("by 1 h, with a machine ID to spare: takes that one", async () => {
    const first = await issued(0);
    const second = await issued(-HOUR_MS, { machineIds: [0, 1], waitMs: 300 });
    expect(first.leases).toMatchObject([{ machineId: 0 }]);
    expect(second.leases).toMatchObject([{ machineId: 1 }]);
    expect(isAscending(second.ids)).toBe(true);
    expect(new Set([...first.ids, ...second.ids]).size).toBe(2 * COUNT);
    expect(second.ids.every((id) => decompose(LAYOUT, id).machineId === 1)).toBe(true);
  });
});
