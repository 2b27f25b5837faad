import { ShardflakeError } from "@shardflake/core";
import type { Connections } from "./connections.js";

/**
 * What brings the schema from one number to the next. A number that was released is never changed; what a process of the
 * number before could not work with is a new format of records, not a migration.
 */
const MIGRATIONS: readonly string[] = [
  `create schema if not exists shardflake;
   create table shardflake.migrations (
     number int primary key,
     applied_at timestamptz not null default clock_timestamp()
   );
   create table shardflake.namespaces (name text primary key, record jsonb not null);
   create table shardflake.registers (
     namespace text not null references shardflake.namespaces,
     datacenter_id int not null,
     machine_id int not null,
     version bigint not null check (version > 0),
     record jsonb not null,
     lapses_at timestamptz not null,
     primary key (namespace, datacenter_id, machine_id)
   ) with (fillfactor = 50);`,
];

/** Any number that nobody else locks. */
const LOCK = 0x5ab1_f1a4;
const MIGRATION_MS = 30_000;

/**
 * Makes the tables, or brings them up to date. Where they are, the user needs no right to make any.
 *
 * @throws ShardflakeError `STORE_FORMAT_NEWER` when a newer version has changed them; `STORE_DENIED`, `STORE_UNAVAILABLE`
 */
export async function migrate(connections: Connections, where: string): Promise<void> {
  const number = await numberOf(connections);
  if (number > MIGRATIONS.length) {
    throw new ShardflakeError(
      "STORE_FORMAT_NEWER",
      `Expected the tables in ${where} in format ${MIGRATIONS.length}, got format ${number}, which a newer version has ` +
        "made. Nothing was changed; update Shardflake here.",
    );
  }
  if (number === MIGRATIONS.length) return;
  await connections.transaction(MIGRATION_MS, async (run) => {
    // One at a time; held until the end of this transaction, so that a pooler cannot hand it to somebody else.
    await run("select pg_advisory_xact_lock($1)", [LOCK]);
    for (let done = await numberOf({ run }); done < MIGRATIONS.length; done++) {
      await run(MIGRATIONS[done]!, []);
      await run("insert into shardflake.migrations (number) values ($1)", [done + 1]);
    }
  });
}

/** Read from a table of the catalog: a look-up by name could be answered from a cache, after the wait for the lock too. */
const IS_MADE =
  "select 1 as made from pg_catalog.pg_tables where schemaname = 'shardflake' and tablename = 'migrations'";
const NUMBER = "select coalesce(max(number), 0) as number from shardflake.migrations";

async function numberOf({ run }: Pick<Connections, "run">): Promise<number> {
  if ((await run(IS_MADE, [])).length === 0) return 0;
  const [row] = await run<{ readonly number: number }>(NUMBER, []);
  return row!.number;
}
