import { bounds, presets } from "@shardflake/core";
import { sqlScript } from "@shardflake/core/sql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type PostgresServer,
  postgresBinaries,
  startPostgres,
} from "../../../../packages/pool/test/servers/postgres-server.js";
import { firstIdsOf, LAYOUTS, readingsOf } from "./readings.js";

const binaries = postgresBinaries("the SQL of IDs for PostgreSQL");
const layouts = LAYOUTS.map((layout) => [layout.digest, layout] as const);
const prefix = "sf_";

describe.skipIf(binaries === undefined)("sql --dialect postgres", () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres(binaries!, ["timezone=America/St_Johns", "fsync=off"]);
  }, 60_000);

  afterAll(() => server?.remove(), 30_000);

  const time = (ms: number): string => new Date(ms).toISOString();

  it.each(layouts)("reads IDs of %s as core does", async (_, layout) => {
    await server.query(sqlScript(layout, { dialect: "postgres", prefix }));
    const readings = readingsOf(layout);
    const rows = await server.query(
      `select id, sf_time(id) as time, sf_datacenter(id) as datacenter, sf_machine(id) as machine,
         sf_sequence(id) as sequence
       from unnest(array[${readings.map(({ id }) => `'${id}'`)}]::bigint[]) with ordinality as ids(id, place) order by place`,
    );
    expect(rows).toEqual(
      readings.map(({ id, timeMs, datacenter, machine, sequence }) => ({
        id: `${id}`,
        time: timeMs === null ? null : new Date(timeMs),
        datacenter,
        machine,
        sequence: sequence === null ? null : `${sequence}`,
      })),
    );
  });

  it.each(layouts)("finds first IDs of %s as core does", async (_, layout) => {
    await server.query(sqlScript(layout, { dialect: "postgres", prefix }));
    const firsts = firstIdsOf(layout).filter(({ timeMs }) => timeMs < Date.UTC(9999, 0));
    const times = firsts.map(({ timeMs }) => `'${time(timeMs)}'`);
    const rows = await server.query(`select sf_first_id(t) as id from unnest(array[${times}]::timestamptz[]) as t`);
    expect(rows).toEqual(firsts.map(({ id }) => ({ id: `${id}` })));
  });

  it("counts a part of a millisecond as the next one, and refuses a time after the last tick", async () => {
    const layout = presets.shardflake;
    await server.query(sqlScript(layout, { dialect: "postgres", prefix }));
    const second = bounds(layout, Date.UTC(2026, 0, 1) + 1, layout.lifetimeEndMs).min;
    const [row] = await server.query("select sf_first_id('2026-01-01 00:00:00.000001Z') as id");
    expect(row).toEqual({ id: `${second}` });
    await expect(server.query(`select sf_first_id('${time(layout.lifetimeEndMs)}')`)).rejects.toThrow("out of range");
  });

  it("lets the planner see through the functions: it leaves out partitions, and calls none for a row", async () => {
    await server.query(`
      ${sqlScript(presets.shardflake, { dialect: "postgres", prefix })}
      create table orders (id bigint primary key) partition by range (id);
      create table orders_2025 partition of orders for values from (sf_first_id('2025-01-01Z')) to (sf_first_id('2026-01-01Z'));
      create table orders_2026 partition of orders for values from (sf_first_id('2026-01-01Z')) to (sf_first_id('2027-01-01Z'));
      create index on orders (sf_time(id));
    `);
    const plan = await server.query<{ "QUERY PLAN": string }>(
      "explain select * from orders where id >= sf_first_id('2026-03-01Z') and id < sf_first_id('2026-04-01Z')",
    );
    const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
    expect(text).toContain("orders_2026");
    expect(text).not.toContain("orders_2025");
    const inlined = await server.query("explain verbose select sf_time(id), sf_machine(id) from orders_2026");
    expect(JSON.stringify(inlined)).not.toMatch(/sf_(time|machine)/);
  });
});
