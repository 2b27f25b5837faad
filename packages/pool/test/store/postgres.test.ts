import { defineLayout, systemClock } from "@shardflake/core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { importDriver } from "../../src/store/postgres/driver.js";
import { createPostgresStore, postgresStore } from "../../src/store/postgres/postgres.js";
import type { RegisterStore } from "../../src/store/store.js";
import { findBinaries } from "../servers/binaries.js";
import { type Pooler, startPooler } from "../servers/pgbouncer.js";
import { type PostgresServer, postgresBinaries, startPostgres } from "../servers/postgres-server.js";
import { storeContract } from "./contract.js";
import { holdersOn } from "./holders.js";
import { processesOn } from "./processes.js";
import { writeOf } from "./registers.js";

const LAYOUT = defineLayout();
const binaries = postgresBinaries("the PostgreSQL store");
const pooling = findBinaries("PostgreSQL behind a pooler in transaction mode", ["pgbouncer"]);

describe.skipIf(binaries === undefined)("PostgreSQL", () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres(binaries!);
  }, 60_000);

  afterAll(() => server?.remove(), 30_000);

  const dropAll = async (): Promise<void> => void (await server.query("drop schema if exists shardflake cascade"));
  const clientOf = (url: string): RegisterStore => createPostgresStore(postgresStore(url).options, systemClock);

  storeContract("postgres", { kind: "server", leastLapseMs: 300 }, async () => ({
    client: async (clock) => createPostgresStore(postgresStore(server.url).options, clock),
    remove: dropAll,
  }));

  holdersOn("postgres", 60, async () => ({
    client: async (clock) => createPostgresStore(postgresStore(server.url).options, clock),
    remove: dropAll,
  }));

  processesOn("postgres", { rounds: 100, claimAfterKill: "stands" }, async () => ({
    store: server.url,
    remove: dropAll,
  }));

  describe.skipIf(pooling === undefined)("behind PgBouncer in transaction mode", () => {
    let pooler: Pooler;

    beforeAll(async () => {
      pooler = await startPooler(pooling!.pgbouncer, server);
    }, 30_000);

    afterAll(() => pooler?.remove());

    storeContract("postgres behind a pooler", { kind: "server", leastLapseMs: 300 }, async () => ({
      client: async (clock) => createPostgresStore(postgresStore(pooler.url).options, clock),
      remove: dropAll,
    }));
  });

  describe("with a database of its own", () => {
    beforeEach(dropAll);

    async function opened(url = server.url): Promise<RegisterStore> {
      const store = clientOf(url);
      await store.open("n", LAYOUT);
      return store;
    }

    it("makes its tables once, however many come first at the same time", async () => {
      const stores = await Promise.all(Array.from({ length: 8 }, () => opened()));
      expect(await server.query("select number from shardflake.migrations")).toEqual([{ number: 1 }]);
      await Promise.all(stores.map((store) => store.close()));
    });

    it("refuses tables of a newer version, and leaves them as they are", async () => {
      await (await opened()).close();
      await server.query("insert into shardflake.migrations (number) values (2)");
      await expect(opened()).rejects.toMatchObject({ code: "STORE_FORMAT_NEWER" });
    });

    it("refuses a record of a newer format", async () => {
      const store = await opened();
      await store.write([writeOf(0, 0)]);
      await server.query(`update shardflake.registers set record = jsonb_set(record, '{format}', '2')`);
      await expect(store.read()).rejects.toMatchObject({ code: "STORE_FORMAT_NEWER" });
      await store.close();
    });

    it("says that its tables are gone, and makes no new ones", async () => {
      const store = await opened();
      await dropAll();
      await expect(store.read()).rejects.toMatchObject({ code: "STORE_CORRUPT" });
      await expect(store.write([writeOf(0, 0)])).rejects.toMatchObject({ code: "STORE_CORRUPT" });
      await store.close();
    });

    it("works for a user who may only read and write rows, and names what another may not", async () => {
      await (await opened()).close();
      await server.query(`create role reader login; create role worker login;
        grant usage on schema shardflake to worker;
        grant select, insert, update on all tables in schema shardflake to worker`);
      const store = await opened(server.url.replace("owner", "worker"));
      expect(await store.write([writeOf(0, 0)])).toBe("done");
      expect(await store.write([writeOf(0, 1)])).toBe("done");
      expect(await store.read()).toHaveLength(1);
      await store.close();
      await expect(opened(server.url.replace("owner", "reader"))).rejects.toMatchObject({ code: "STORE_DENIED" });
      await dropAll();
      await server.query("drop role reader; drop role worker");
    });

    it("never repeats a password, whatever goes wrong", async () => {
      const { port } = server;
      for (const address of [`nobody:secret@127.0.0.1:${port}/postgres`, `owner:secret@127.0.0.1:${port}/none`]) {
        const store = clientOf(`postgres://${address}`);
        const error: Error = await store.open("n", LAYOUT).then(
          () => new Error("opened"),
          (reason) => reason,
        );
        expect(error).toMatchObject({ code: "STORE_DENIED" });
        expect(`${store.name} ${error.stack}`).not.toContain("secret");
      }
      const nowhere = clientOf("postgres://owner:secret@127.0.0.1:1/postgres");
      await expect(nowhere.open("n", LAYOUT)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
      await expect(nowhere.open("n", LAYOUT)).rejects.not.toThrow(/secret/);
    });

    it("has what it acknowledged after the server was killed, even where the database does not wait for the disk", async () => {
      await server.query("alter system set synchronous_commit = off; ".trim());
      await server.query("alter system set wal_writer_delay = '10s'");
      await server.query("select pg_reload_conf()");
      const store = await opened();
      await server.query("checkpoint");
      for (let version = 0; version < 20; version++) {
        expect(await store.write([writeOf(0, version), writeOf(1, version)])).toBe("done");
      }
      await server.stop("SIGQUIT");
      await expect(store.read()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
      await server.start();
      expect((await store.read()).map(({ version }) => version)).toEqual([20, 20]);
      await store.close();
    }, 60_000);
  });
});

it("says how to install the driver where it is missing", async () => {
  const importing = importDriver(() => Promise.reject(new Error("Cannot find package 'pg'")));
  await expect(importing).rejects.toMatchObject({
    code: "STORE_DRIVER_MISSING",
    message: expect.stringContaining("npm install pg@8"),
  });
});
