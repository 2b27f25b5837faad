import { afterAll, afterEach, expect, it } from "vitest";
import { until } from "../../../packages/pool/test/servers/daemon.js";
import { postgresBinaries, startPostgres } from "../../../packages/pool/test/servers/postgres-server.js";
import type { Comparison } from "../src/comparison.js";
import type { Cells } from "../src/measurement/cells.js";
import { type Command, comparisonOf, startCompare } from "./command.js";

/** The whole comparison, with little of everything. */
const SHORT = ["--seconds", "0.5", "--rows", "20k", "--json", "--quiet"];
const binaries = postgresBinaries("the comparison on PostgreSQL servers");
const servers = binaries === undefined ? [] : await Promise.all([startPostgres(binaries), startPostgres(binaries)]);
afterAll(() => Promise.all(servers.map((server) => server.remove())));

const DATABASE = `postgres:${servers.map(({ url }) => url).join(",")}`;

let command: Command | undefined;
afterEach(() => command?.remove());

/** What must be empty, and may say why. */
const EMPTY = /same kind of ID as|share nothing|machine IDs are leased|holds no number/;

function check({ designs }: Comparison, empty: RegExp): void {
  for (const { name, cells, verdicts } of designs) {
    for (const [cell, value] of Object.entries(cells)) {
      if (value.kind === "unmeasured") expect(value.why, `${name}, ${cell}`).toMatch(empty);
    }
    expect(verdicts[0], name).toMatchObject({ requirement: "unique", verdict: "yes" });
    for (const safe of ["kill", "add", "remove", "clockStep"] as const) {
      if (cells[safe].kind === "measured")
        expect(cells[safe].value, `${name}, ${safe}`).toMatchObject({ duplicates: 0 });
    }
    if (cells.clockStep.kind === "measured") expect(cells.clockStep.value.seenMs, name).toBeLessThan(-900);
  }
  const masters = designs[0]!.cells;
  expect(duplicatesOf(masters, "addUnsafe")).toBeGreaterThan(0);
  expect(duplicatesOf(masters, "removeUnsafe")).toBeGreaterThan(0);
}

function duplicatesOf(cells: Cells, name: "addUnsafe" | "removeUnsafe"): number {
  const cell = cells[name];
  return cell.kind === "measured" ? cell.value.duplicates : Number.NaN;
}

/** Schemas of a comparison that are on the servers. */
async function schemasLeft(): Promise<unknown[]> {
  const query = "select nspname from pg_namespace where nspname like 'shardflake_compare%'";
  return (await Promise.all(servers.map((server) => server.query(query)))).flat();
}

it("measures every cell with embedded databases, and leaves nothing behind", async () => {
  command = startCompare(SHORT);
  const { code, stdout, stderr } = await command.ended();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const comparison = comparisonOf(stdout);
  process.stdout.write(`embedded: ${comparison.seconds.toFixed(0)} s\n`);
  check(comparison, EMPTY);
  expect([command.children(), command.files()]).toEqual([[], []]);
});

it.skipIf(binaries === undefined)("measures the same on PostgreSQL servers, and leaves no schema there", async () => {
  command = startCompare([...SHORT, "--database", DATABASE]);
  const { code, stdout, stderr } = await command.ended();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const comparison = comparisonOf(stdout);
  process.stdout.write(`${comparison.database}: ${comparison.seconds.toFixed(0)} s\n`);
  check(comparison, new RegExp(`${EMPTY.source}|the clock of a database server is not ours`));
  expect([command.children(), command.files()]).toEqual([[], []]);
  expect(await schemasLeft()).toEqual([]);
});

it.skipIf(binaries === undefined)("SIGINT in the middle leaves no schema on PostgreSQL servers either", async () => {
  command = startCompare(["--seconds", "60", "--quiet", "--database", DATABASE]);
  const { children, files } = command;
  await until("a schema on every server", async () => (await schemasLeft()).length >= servers.length, 60_000);
  command.process.kill("SIGINT");
  expect(await command.ended()).toEqual({ code: 130, stdout: "", stderr: "" });
  expect([children(), files(), await schemasLeft()]).toEqual([[], [], []]);
});

it.each(["SIGINT", "SIGTERM"] as const)(
  "%s in the middle ends every process and removes every file",
  async (signal) => {
    command = startCompare(["--seconds", "60", "--quiet"]);
    const { children, files } = command;
    // The databases of the first design, its clients, and the one for rows.
    await until("the first design to run", async () => children().length >= 5, 60_000);
    expect(files()).toHaveLength(1);
    command.process.kill(signal);
    const ended = await command.ended();
    expect(ended).toEqual({ code: signal === "SIGINT" ? 130 : 143, stdout: "", stderr: "" });
    expect([children(), files()]).toEqual([[], []]);
  },
);

it("SIGKILL to the command ends every process that it started", async () => {
  command = startCompare(["--seconds", "60", "--designs", "uuid-v4", "--quiet"]);
  const { children } = command;
  await until("clients to run", async () => children().length >= 3, 60_000);
  command.process.kill("SIGKILL");
  await until(
    "them to end",
    async () => children().length === 0,
    30_000,
    () => children().join(" "),
  );
});
