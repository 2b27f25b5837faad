import { bounds, decompose, defineLayout, idAt } from "@shardflake/core";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type PostgresServer,
  postgresBinaries,
  startPostgres,
} from "../../../../packages/pool/test/servers/postgres-server.js";
import { openRecipe } from "./recipe.js";

const binaries = postgresBinaries("the recipes for PostgreSQL");
const layout = defineLayout();

describe.skipIf(binaries === undefined)("on PostgreSQL", () => {
  let server: PostgresServer;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    server = await startPostgres(binaries!, ["fsync=off", "timezone=America/St_Johns", "enable_sort=off"]);
    env = { DATABASE_URL: server.url, PGTZ: "UTC" };
  }, 60_000);

  afterAll(() => server?.remove(), 30_000);

  beforeEach(async () => {
    await server.query("drop schema public cascade; create schema public");
  });

  /** Orders with these IDs; the item of each says its place. */
  const orders = async (ids: readonly bigint[]): Promise<void> => {
    await server.query(`insert into orders values ${ids.map((id, place) => `(${id}, 'item ${place}')`).join(", ")}`);
  };

  it("pg: an ID comes back as it went in, and is text in JSON", async () => {
    const recipe = openRecipe("pg");
    await server.query(recipe.read("schema.sql"));
    const printed = await recipe.run("orders.mjs", env);
    const [row] = await server.query<{ id: string }>("select id from orders");
    expect(printed).toBe(`bigint [{"id":"${row!.id}","item":"tea"}]\n`);
    expect(decompose(layout, BigInt(row!.id)).timestampMs).toBeGreaterThan(Date.now() - 60_000);
    expect(await recipe.held()).toBe(0);
  });

  it("drizzle: an ID is a bigint, and equal to what was inserted", async () => {
    await server.query(openRecipe("pg").read("schema.sql"));
    const recipe = openRecipe("drizzle");
    expect(await recipe.run("orders.mjs", env)).toBe("bigint true tea\n");
    expect(await recipe.held()).toBe(0);
  });

  it("keyset-pagination: every row once, newest first, also when rows are added and removed meanwhile", async () => {
    type Row = { id: bigint; item: string };
    const { page } = await openRecipe("keyset-pagination").load<{
      page(db: pg.Pool, after: string | undefined, size: number): Promise<{ rows: Row[]; next: string | null }>;
    }>("pages.mjs");
    await server.query(openRecipe("pg").read("schema.sql"));
    const first = idAt(layout, Date.UTC(2026, 0));
    const ids = Array.from({ length: 10 }, (_, i) => first + BigInt(i));
    await orders(ids);
    const database = new pg.Pool({ connectionString: server.url });
    try {
      const seen: string[] = [];
      let after: string | undefined;
      for (let pages = 1; ; pages++) {
        const { rows, next } = await page(database, after, 4);
        seen.push(...rows.map(({ id }) => String(id)));
        if (next === null) {
          expect(pages).toBe(3);
          break;
        }
        after = next;
        // A row that is newer than the first page, and the last row of the page gone: nothing shifts.
        await server.query(
          `insert into orders values (${ids[9]! + BigInt(pages)}, 'new'); delete from orders where id = ${next}`,
        );
      }
      expect(seen).toEqual(ids.toReversed().map(String));
      await expect(page(database, "7 or true", 4)).rejects.toMatchObject({ code: "PARSE_ALPHABET" });
    } finally {
      await database.end();
    }
  });

  it("change capture: no row is missed that is committed late, and none comes twice", async () => {
    type Row = { id: bigint; item: string };
    const { follow } = await openRecipe("change-capture").load<{
      follow(
        db: pg.Pool,
        pool: { horizon(): Promise<bigint> },
        bookmark: bigint,
        longestMs: number,
      ): AsyncGenerator<Row>;
    }>("follow.mjs");
    await server.query(openRecipe("pg").read("schema.sql"));
    const database = new pg.Pool({ connectionString: server.url });
    const open = await database.connect();
    const id = (place: number): bigint => idAt(layout, Date.UTC(2026, 0, 1, 0, 0, place));
    // Row 1 has got its ID before the horizon was asked for, and is committed after row 2 was, while the reader waits.
    await open.query("begin");
    await open.query("insert into orders values ($1, 'late')", [id(1)]);
    await orders([id(0), id(2)]);
    const horizons = [id(3), id(3), id(4)];
    let asked = 0;
    const pool = {
      async horizon() {
        if (asked === 0) await open.query("commit");
        return horizons[Math.min(asked++, 2)]!;
      },
    };
    try {
      const seen: string[] = [];
      for await (const { item } of follow(database, pool, id(0) - 1n, 1)) {
        seen.push(item);
        if (item === "item 1") await orders([id(3)]);
        if (seen.length === 4) break;
      }
      expect(seen).toEqual(["item 0", "late", "item 1", "item 0"]);
      expect(asked).toBe(3);
    } finally {
      open.release();
      await database.end();
    }
  });

  it("partitions: a row goes into the partition of its month, and a query of a period looks at no other", async () => {
    const recipe = openRecipe("partitions");
    const { monthPartition, idsBetween } = await recipe.load<{
      monthPartition(year: number, month: number): string;
      idsBetween(from: Date, to: Date): [bigint, bigint];
    }>("partitions.mjs");
    await server.query(recipe.read("schema.sql"));
    for (const [year, month] of [
      [2025, 11],
      [2025, 12],
      [2026, 1],
    ] as const) {
      await server.query(monthPartition(year, month));
    }
    const { min, max } = bounds(layout, Date.UTC(2025, 11), Date.UTC(2026, 0));
    await orders([min - 1n, min, max, max + 1n]);
    const rows = await server.query("select tableoid::regclass::text as part, item from orders order by id");
    expect(rows).toEqual([
      { part: "orders_2025_11", item: "item 0" },
      { part: "orders_2025_12", item: "item 1" },
      { part: "orders_2025_12", item: "item 2" },
      { part: "orders_2026_01", item: "item 3" },
    ]);
    const [from, to] = idsBetween(new Date("2025-12-03"), new Date("2025-12-05"));
    const plan = JSON.stringify(await server.query(`explain select * from orders where id between ${from} and ${to}`));
    expect(plan).toContain("orders_2025_12");
    expect(plan).not.toMatch(/orders_2025_11|orders_2026_01/);
  });

  it("sql: rows are counted by the day and the machine ID of their IDs", async () => {
    const recipe = openRecipe("sql");
    await recipe.run("install.sh", env);
    await server.query(openRecipe("pg").read("schema.sql"));
    const at = (time: string, machine: bigint): bigint => idAt(layout, Date.parse(time)) + (machine << 12n);
    await orders([
      at("2026-02-28T23:59:59.999Z", 1n),
      at("2026-03-01T00:00:00Z", 1n),
      at("2026-03-01T23:59:59.999Z", 33n),
      at("2026-03-31T12:00:00Z", 33n),
      at("2026-04-01T00:00:00Z", 33n),
      ...[7, 3, 9, 5].map((day) => at(`2026-03-0${day}`, 1n)),
    ]);
    const days = await server.query<{ day: Date; count: string }>(recipe.read("by-day.sql"));
    expect(days.map(({ day, count }) => [day.toISOString(), count])).toEqual([
      ["2026-03-01T00:00:00.000Z", "2"],
      ...[3, 5, 7, 9].map((day) => [`2026-03-0${day}T00:00:00.000Z`, "1"]),
      ["2026-03-31T00:00:00.000Z", "1"],
    ]);
    const machines = await server.query<{ datacenter: number }>(recipe.read("by-machine.sql"));
    expect(machines.sort((a, b) => a.datacenter - b.datacenter)).toEqual([
      { datacenter: 0, machine: 1, count: "6" },
      { datacenter: 1, machine: 1, count: "3" },
    ]);
  });

  it.each([
    ["auto-increment", "bigserial"],
    ["UUID", "uuid default gen_random_uuid()"],
  ])("moving-a-table from %s: every old row has an ID of its time, in the order of the rows", async (_, type) => {
    const recipe = openRecipe("moving-a-table");
    await server.query(`create table orders (id ${type} primary key, created_at timestamptz not null)`);
    // A step of 7 ms, every tenth row in the same millisecond as the one before: also where a batch of the recipe begins.
    await server.query(`insert into orders (created_at)
      select timestamptz '2024-05-01Z' + (n - (n % 10 = 1)::int) * interval '7 ms' from generate_series(1, 12000) as n`);
    await server.query(recipe.read("1-add.sql"));
    await recipe.run("2-backfill.mjs", env);
    expect(await recipe.held()).toBe(0);
    await server.query(recipe.read("3-switch.sql"));
    const rows = await server.query<{ id: string; created_at: Date }>("select id, created_at from orders order by id");
    expect(rows).toHaveLength(12_000);
    expect(rows.every((row) => decompose(layout, BigInt(row.id)).timestampMs === row.created_at.getTime())).toBe(true);
    expect(rows.every((row, i) => i === 0 || row.created_at >= rows[i - 1]!.created_at)).toBe(true);
    await expect(
      server.query("insert into orders (id, old_id, created_at) select id, old_id, now() from orders limit 1"),
    ).rejects.toThrow("orders_pkey");
  });
});
