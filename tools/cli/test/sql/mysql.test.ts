import { presets } from "@shardflake/core";
import { sqlScript } from "@shardflake/core/sql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MariadbServer, mariadbBinaries, startMariadb } from "./mariadb-server.js";
import { firstIdsOf, LAYOUTS, readingsOf } from "./readings.js";

const binaries = mariadbBinaries("the SQL of IDs for MySQL");
const prefix = "sf_";

/** Debian has MariaDB, no MySQL: what the two have in common is what is tested. */
describe.skipIf(binaries === undefined)("sql --dialect mysql, on MariaDB", () => {
  let server: MariadbServer;

  beforeAll(async () => {
    server = await startMariadb(binaries!);
  }, 60_000);

  afterAll(() => server?.remove(), 30_000);

  const time = (ms: number): string => new Date(ms).toISOString().replace("T", " ").replace("Z", "");

  it.each(LAYOUTS.map((layout) => [layout.digest, layout] as const))("reads IDs of %s as core does", (_, layout) => {
    server.query(sqlScript(layout, { dialect: "mysql", prefix }));
    const readings = readingsOf(layout);
    const rows = server.query(
      readings
        .map(({ id }) => `select ${["time", "datacenter", "machine", "sequence"].map((f) => `sf_${f}(${id})`)};`)
        .join("\n"),
    );
    const text = (value: unknown): string => (value === null ? "NULL" : String(value));
    expect(rows).toEqual(
      readings.map(({ timeMs, datacenter, machine, sequence }) =>
        [timeMs === null ? "NULL" : time(timeMs), datacenter, machine, sequence].map(text).join("\t"),
      ),
    );
  });

  it.each(LAYOUTS.map((layout) => [layout.digest, layout] as const))(
    "finds first IDs of %s as core does",
    (_, layout) => {
      server.query(sqlScript(layout, { dialect: "mysql", prefix }));
      const firsts = firstIdsOf(layout).filter(({ timeMs }) => timeMs < Date.UTC(9999, 0));
      const rows = server.query(firsts.map(({ timeMs }) => `select sf_first_id('${time(timeMs)}');`).join("\n"));
      expect(rows).toEqual(firsts.map(({ id }) => `${id}`));
    },
  );

  it("refuses a time after the last tick instead of giving an ID that is none", () => {
    const layout = presets.shardflake;
    server.query(sqlScript(layout, { dialect: "mysql", prefix }));
    expect(() => server.query(`select sf_first_id('${time(layout.lifetimeEndMs)}')`)).toThrow("out of range");
  });
});
