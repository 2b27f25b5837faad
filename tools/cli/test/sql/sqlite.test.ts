import { presets } from "@shardflake/core";
import { sqlScript } from "@shardflake/core/sql";
import sqlite from "node-sqlite3-wasm";
import { describe, expect, it } from "vitest";
import { firstIdsOf, LAYOUTS, readingsOf } from "./readings.js";

const target = { dialect: "sqlite", table: "orders", column: "order" } as const;
const layouts = LAYOUTS.map((layout) => [layout.digest, layout] as const);

/** The expression that the script shows for the start of a period. */
function firstIdOf(script: string): string {
  return /where "order" >= (.*)$/m.exec(script)![1]!;
}

function withDatabase<Result>(run: (database: InstanceType<typeof sqlite.Database>) => Result): Result {
  const database = new sqlite.Database();
  try {
    return run(database);
  } finally {
    database.close();
  }
}

describe("sql --dialect sqlite", () => {
  it.each(layouts)("reads IDs of %s as core does", (_, layout) => {
    const readings = readingsOf(layout).sort((a, b) => (a.id < b.id ? -1 : 1));
    const rows = withDatabase((database) => {
      database.exec('create table orders ("order" integer primary key)');
      database.exec(sqlScript(layout, target));
      for (const { id } of readings) database.run('insert into orders ("order") values (?)', [id]);
      return database.all("select * from orders_ids order by id");
    });
    expect(rows.map((row) => ({ ...row, id: BigInt(row.id as number | bigint) }))).toEqual(
      readings.map(({ timeMs, ...rest }) => ({
        ...rest,
        time: timeMs === null ? null : new Date(timeMs).toISOString(),
        time_ms: timeMs,
      })),
    );
  });

  it.each(layouts)("finds first IDs of %s as core does", (_, layout) => {
    const expression = firstIdOf(sqlScript(layout, target));
    withDatabase((database) => {
      for (const { timeMs, id } of firstIdsOf(layout)) {
        const row = database.get(`select ${expression} as first`, { ":from": timeMs });
        expect(BigInt(row!.first as number | bigint)).toBe(id);
      }
    });
  });

  it("refuses a time after the last tick instead of giving a number that is rounded", () => {
    const expression = firstIdOf(sqlScript(presets.shardflake, target));
    withDatabase((database) => {
      const first = (timeMs: number) => database.get(`select ${expression} as first`, { ":from": timeMs });
      expect(() => first(presets.shardflake.lifetimeEndMs)).toThrow("integer overflow");
    });
  });

  it("says of text in the column that it is no ID", () => {
    const row = withDatabase((database) => {
      database.exec('create table orders ("order")');
      database.exec(sqlScript(presets.shardflake, target));
      database.run("insert into orders values ('794354201395200000')");
      return database.get("select time, machine from orders_ids");
    });
    expect(row).toEqual({ time: null, machine: null });
  });

  it.each(["", "a b", 'a"b', "1a", "a".repeat(54), "ä", 'x"; drop table y; --'])("refuses the name %j", (name) => {
    expect(() => sqlScript(presets.twitter, { ...target, table: name })).toThrow("`table`");
    expect(() => sqlScript(presets.twitter, { ...target, column: name })).toThrow("`column`");
    expect(() => sqlScript(presets.twitter, { dialect: "postgres", prefix: name })).toThrow("`prefix`");
    expect(() => sqlScript(presets.twitter, { dialect: "mysql", prefix: name })).toThrow("`prefix`");
  });
});
