import { Socket } from "node:net";
import type { Pool, PoolClient } from "pg";
import { importDriver } from "./driver.js";
import { postgresError } from "./postgres-error.js";

/** Where to connect, and how long to wait, milliseconds. */
export interface ConnectionOptions {
  readonly url: string;
  readonly timeoutMs: number;
  /** The address without a password, for messages. */
  readonly name: string;
}

/** Runs one statement and returns its rows. */
export type Run = <Row extends object>(statement: string, values: readonly unknown[]) => Promise<Row[]>;

/**
 * A keeper has one call under way; one that it has given up may hang until its time-out, while the next ones are tried.
 */
const MOST_CONNECTIONS = 6;
const IDLE_MS = 60_000;
/** How long connections may take to say goodbye, milliseconds. */
const GOODBYE_MS = 500;

/**
 * Connections to a PostgreSQL server, or to a pooler in front of it. Nothing is kept in a session: no named statement,
 * no setting, no lock, so it does not matter which connection a statement gets.
 */
export class Connections {
  private readonly pool: Pool;
  private readonly options: ConnectionOptions;
  private readonly sockets: ReadonlySet<Socket>;

  private constructor(pool: Pool, options: ConnectionOptions, sockets: ReadonlySet<Socket>) {
    this.pool = pool;
    this.options = options;
    this.sockets = sockets;
  }

  /** @throws ShardflakeError `STORE_DRIVER_MISSING`, `STORE_INVALID` */
  static async open(options: ConnectionOptions): Promise<Connections> {
    const createPool = await importDriver();
    const sockets = new Set<Socket>();
    try {
      const pool = createPool({
        connectionString: options.url,
        application_name: "shardflake",
        max: MOST_CONNECTIONS,
        connectionTimeoutMillis: options.timeoutMs,
        idleTimeoutMillis: IDLE_MS,
        keepAlive: true,
        allowExitOnIdle: true,
        // Known here so that close() can end them: a connection that was cut off silently never says goodbye.
        stream: () => track(sockets, new Socket()),
      });
      // A connection that breaks while nobody uses it leaves the pool; whoever needs one gets another. One that breaks in
      // use fails the statement, too.
      pool.on("error", () => {});
      pool.on("connect", (client) => client.on("error", () => {}));
      return new Connections(pool, options, sockets);
    } catch (error) {
      throw postgresError(error, options.name);
    }
  }

  readonly run: Run = async (statement, values) => {
    return await this.with((client) => runOn(client, this.options.timeoutMs)(statement, values));
  };

  /** Runs several statements in one transaction. When `work` throws, nothing is done. */
  async transaction(timeoutMs: number, work: (run: Run) => Promise<void>): Promise<void> {
    await this.with(async (client) => {
      const run = runOn(client, timeoutMs);
      await run("begin", []);
      await work(run);
      await run("commit", []);
    });
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => {
      for (const socket of this.sockets) socket.destroy();
    }, GOODBYE_MS);
    try {
      await this.pool.end();
    } finally {
      clearTimeout(timer);
    }
  }

  private async with<Value>(work: (client: PoolClient) => Promise<Value>): Promise<Value> {
    let client: PoolClient | undefined;
    try {
      client = await this.pool.connect();
      const value = await work(client);
      client.release();
      return value;
    } catch (error) {
      // Whatever state it was left in: an open transaction, an answer that is still to come.
      client?.release(true);
      throw postgresError(error, this.options.name);
    }
  }
}

function runOn(client: PoolClient, timeoutMs: number): Run {
  return async <Row extends object>(statement: string, values: readonly unknown[]) => {
    const query = { text: statement, values: [...values], query_timeout: timeoutMs };
    return (await client.query<Row>(query)).rows;
  };
}

function track(sockets: Set<Socket>, socket: Socket): Socket {
  sockets.add(socket);
  return socket.once("close", () => sockets.delete(socket));
}
