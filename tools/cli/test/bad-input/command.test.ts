import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineLayout } from "@shardflake/core";
import { embeddedStore, startLocalKeeper } from "@shardflake/pool";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Row, rows } from "./command-lines.js";
import { type Ground, KEPT, startGround } from "./ground.js";
import { runHere, runInProcess } from "./run-row.js";

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.clear());

/** These take half a second to load. */
const SLOW_TO_LOAD = ["simulate", "compare"];

/**
 * One row of every kind of refusal of every command, and all that read stdin, write, or wait for machine IDs; of those
 * that are slow to load, a first row is enough.
 */
function needsProcess(): Set<Row> {
  const kinds = new Set<string>();
  return new Set(
    rows.filter((row) => {
      const kind = `${row.args[0]} ${row.error} ${row.stdout}`;
      const isFirst = !kinds.has(kind);
      kinds.add(kind);
      if (isFirst || SLOW_TO_LOAD.includes(row.args[0] ?? "")) return isFirst;
      return row.code === 3 || row.stdin !== undefined || row.stdout !== undefined;
    }),
  );
}

async function expectRefused(row: Row, run: typeof runInProcess): Promise<void> {
  const directory = ground.newDirectory();
  const before = registersIn(directory);
  const files = readdirSync(directory);

  const result = await run(row, directory);

  expect(result.stderr).toMatch(
    row.error instanceof RegExp
      ? row.error
      : new RegExp(`^shardflake: Expected .*\\b(got|but)\\b.* \\[${row.error}\\]\\n$`),
  );
  expect(result.stderr).not.toMatch(/\n {4}at |hunter2/);
  expect(result.code).toBe(row.code);
  expect(result.stdout).toBe("");
  if (row.registers === "used") await expectGivenBack(directory);
  else expect(registersIn(directory).equals(before)).toBe(true);
  for (const name of ["kept", "kept-stats"]) expect(readFileSync(join(directory, name), "utf8")).toBe(KEPT);
  if (row.registers !== "used") expect(readdirSync(directory)).toEqual(files);
}

function registersIn(directory: string): Buffer {
  return readFileSync(join(directory, "state", "registers.mdb"));
}

async function expectGivenBack(directory: string): Promise<void> {
  const store = embeddedStore(join(directory, "state"));
  const keeper = await startLocalKeeper({ store, layout: defineLayout() });
  const registers = await keeper.inspect();
  await keeper.close();
  const held = registers.filter(({ register }) => register.holder !== null);
  expect(held.map(({ datacenterId, machineId }) => `${datacenterId}/${machineId}`)).toEqual(["0/0", "0/1"]);
}

function named(chosen: readonly Row[]): [string, number, Row][] {
  return chosen.map((row) => [nameOf(row), row.code, row]);
}

function nameOf({ args, stdin, stdout }: Row): string {
  const words = args.map((arg) => (/^[\w./:=@-]+$/.test(arg) ? arg : JSON.stringify(arg)));
  return [
    ...words,
    ...(stdin === undefined ? [] : ["<", JSON.stringify(stdin)]),
    ...(stdout === undefined ? [] : [">", stdout]),
  ].join(" ");
}

describe("a command line with bad input", () => {
  const forProcess = needsProcess();

  it.concurrent.each(named(rows.filter((row) => forProcess.has(row))))(
    "shardflake %s exits with %i",
    async (_name, _code, row) => await expectRefused(row, runInProcess),
    60_000,
  );

  it.each(named(rows.filter((row) => !forProcess.has(row))))(
    "%s is refused with what exits with %i",
    async (_name, _code, row) => await expectRefused(row, runHere),
  );

  it("leaves no trace of files that it did not find", async () => {
    const directory = ground.newDirectory();
    const before = readdirSync(directory);
    const args = ["generate", "--out", "{dir}/out", "--stats", "{dir}/stats", "--epoch", "2999-01-01"];
    expect(await runInProcess({ args, code: 2, error: "EPOCH_IN_FUTURE" }, directory)).toMatchObject({ code: 2 });
    expect(readdirSync(directory)).toEqual(before);
  });
});
