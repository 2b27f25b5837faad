import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineLayout, systemClock } from "@shardflake/core";
import { embeddedStore, type Register, type RegisterStore } from "@shardflake/pool";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCommand } from "./run-command.js";

const LAYOUT = defineLayout();
const HOUR_MS = 3_600_000;

const directory = mkdtempSync(join(tmpdir(), "cli-machines-"));
const store = ["--store", `embedded:${directory}`];
let open: RegisterStore;

beforeAll(async () => {
  const spec = embeddedStore(directory);
  open = (await import(spec.module))[spec.export](spec.options, systemClock) as RegisterStore;
  await open.open(LAYOUT.digest, LAYOUT);
  const now = Date.now() - LAYOUT.epochMs;
  const write = (machineId: number, fields: Partial<Register>) => ({
    ...{ datacenterId: 0, machineId, expectedVersion: 0 },
    register: {
      ...({ holder: null, generation: 3, floor: 0, limit: now - 10, purpose: "live", nonce: "n" } as const),
      ...{ lapseMs: 2 * HOUR_MS, writtenMs: Date.now() },
      ...fields,
    },
  });
  await open.write([
    write(0, { limit: now + 5 * HOUR_MS }),
    write(1, {}),
    write(2, { holder: "holder-2", limit: now + HOUR_MS }),
    write(3, { holder: "holder-3", limit: now - HOUR_MS }),
  ]);
});

afterAll(async () => {
  await open.close();
  rmSync(directory, { recursive: true });
});

it("shows who holds a machine ID, whose holder issues nothing, and which is spent into the future", async () => {
  const { code, stdout, stderr } = await runCommand(["machines", "list", "--json", ...store]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const documents = JSON.parse(stdout) as { state: string; aheadMs: number }[];
  expect(documents.map(({ state }) => state)).toEqual(["ahead", "free", "held", "stalled"]);
  expect(documents.map(({ aheadMs }) => Math.sign(aheadMs))).toEqual([1, -1, 1, -1]);
  const table = await runCommand(["machines", "list", ...store]);
  for (const state of ["ahead", "free", "held", "stalled"]) expect(table.stdout).toContain(` ${state} `);
});

it("passes over what is spent into the future, and says so", async () => {
  const { code, stderr } = await runCommand(["generate", "3", ...store]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^shardflake: warning: Machine ID 0\/0 is spent up to .* \[FLOOR_FAR_AHEAD\]\n$/);
  const quiet = await runCommand(["generate", "3", "--quiet", ...store]);
  expect(quiet).toMatchObject({ code: 0, stderr: "" });
});

it("spends every machine ID up to a time, so that nothing below it is issued or backfilled any more", async () => {
  const toMs = Date.now() + 1500;
  const raised = await runCommand(["machines", "raise-floors", "--to", String(toMs), "--json", ...store]);
  expect(raised.code).toBe(0);
  const documents = JSON.parse(raised.stdout) as { limit: number; holder: string | null; purpose: string }[];
  expect(documents).toHaveLength(LAYOUT.machines);
  expect(documents.every(({ holder, purpose }) => holder === null && purpose === "live")).toBe(true);
  expect(Math.min(...documents.map(({ limit }) => limit))).toBe(toMs - LAYOUT.epochMs);
  const { stdout } = await runCommand(["generate", "1", "--quiet", ...store]);
  expect(Number(BigInt(stdout) >> 22n)).toBeGreaterThan(toMs - LAYOUT.epochMs);
  const past = ["--from", "2024-01-01", "--to", "2024-01-02", "--wait", "0s"];
  expect(await runCommand(["generate", "5", ...past, ...store])).toMatchObject({ code: 3, stdout: "" });
});
