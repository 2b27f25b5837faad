import { type Clock, type Layout, ShardflakeError } from "@shardflake/core";
import type { RegisterWrite, StoredRegister } from "../../register/register.js";
import { checkNamespace, checkNamespaceRecord, encodeNamespace } from "../namespace.js";
import type { RegisterStore, StoreSpec } from "../store.js";
import { StoreClock } from "../store-clock.js";
import { Connections } from "./connections.js";
import { isConflict } from "./postgres-error.js";
import { migrate } from "./schema.js";
import * as statements from "./statements.js";

/** What the PostgreSQL store's factory takes. */
interface PostgresOptions {
  readonly url: string;
  /** How long a connection, or the answer to a statement, may take, milliseconds. */
  readonly timeoutMs: number;
}

const TIMEOUT_MS = 2000;

/**
 * A store in a PostgreSQL database, for many hosts. Needs the package `pg` beside this one. Its tables are made on first
 * use, in the schema `shardflake`; every write is one statement, so a pooler in transaction mode may stand in between.
 * Claims are judged by the server's clock.
 *
 * @param url `postgres://user:password@host:port/database?…`, as `pg` reads it
 * @throws ShardflakeError `STORE_INVALID`; the address is not repeated: it may contain a password
 */
export function postgresStore(url: string): StoreSpec {
  nameOf(url);
  const options: PostgresOptions = { url, timeoutMs: TIMEOUT_MS };
  return { module: import.meta.url, export: "createPostgresStore", options };
}

/** The factory behind {@link postgresStore}. */
export function createPostgresStore(options: unknown, clock: Clock): RegisterStore {
  return new PostgresStore(options as PostgresOptions, clock);
}

class PostgresStore implements RegisterStore {
  readonly name: string;
  private readonly options: PostgresOptions;
  private readonly time: StoreClock;
  private opened: { readonly connections: Connections; readonly namespace: string } | null = null;

  constructor(options: PostgresOptions, clock: Clock) {
    this.name = nameOf(options.url);
    this.options = options;
    this.time = new StoreClock(clock);
  }

  async open(namespace: string, layout: Layout): Promise<void> {
    checkNamespace(namespace);
    const connections = await Connections.open({ ...this.options, name: this.name });
    try {
      await migrate(connections, this.name);
      const values = [namespace, encodeNamespace(layout)];
      const claim = () => connections.run<{ readonly record: unknown }>(statements.CLAIM_NAMESPACE, values);
      // Who claims at the same time is not seen by the first statement, but by the next one.
      const found = (await claim())[0] ?? (await claim())[0];
      checkNamespaceRecord(JSON.stringify(found?.record), namespace, layout, `the namespace in ${this.name}`);
      this.opened = { connections, namespace };
    } catch (error) {
      await connections.close();
      throw error;
    }
  }

  async read(): Promise<StoredRegister[]> {
    const { connections, namespace } = this.place();
    const [row] = await connections.run<statements.RegistersRow>(statements.READ, [namespace]);
    this.time.note(row!.now_ms);
    return statements.registersOf(row!, `namespace ${namespace} in ${this.name}`);
  }

  async write(writes: readonly RegisterWrite[]): Promise<"done" | "conflict"> {
    const { connections, namespace } = this.place();
    try {
      const values = [namespace, statements.wantedOf(writes), writes.length];
      const [row] = await connections.run<statements.TimeRow>(statements.REPLACE, values);
      this.time.note(row!.now_ms);
      return "done";
    } catch (error) {
      if (isConflict(error)) return "conflict";
      throw error;
    }
  }

  async now(): Promise<number> {
    const { connections } = this.place();
    const carriedOn = this.time.read();
    if (carriedOn !== null) return carriedOn;
    const [row] = await connections.run<statements.TimeRow>(statements.NOW, []);
    this.time.note(row!.now_ms);
    return row!.now_ms;
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = null;
    await opened?.connections.close();
  }

  private place(): { readonly connections: Connections; readonly namespace: string } {
    if (this.opened !== null) return this.opened;
    throw new ShardflakeError("STORE_CLOSED", `Expected ${this.name} to be open, but it is not. Open it first.`);
  }
}

/** The address without user and password. */
function nameOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === "postgres:" || parsed?.protocol === "postgresql:") {
    return `postgres://${parsed.host}${parsed.pathname}`;
  }
  throw new ShardflakeError(
    "STORE_INVALID",
    `Expected an address like postgres://user:password@host:5432/database, got ${url.length} characters that are none. ` +
      "Percent-encode special characters of a password.",
  );
}
