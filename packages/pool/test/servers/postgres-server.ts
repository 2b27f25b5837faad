import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { findBinaries, postgresDirectories } from "./binaries.js";
import { type Daemon, startDaemon, until } from "./daemon.js";
import { freePorts } from "./free-port.js";

/** A PostgreSQL server on loopback, with an empty database in a temporary directory. */
export interface PostgresServer {
  readonly port: number;
  /** Address of the database, as its owner. */
  readonly url: string;
  /** Runs statements as the owner of the database. */
  query<Row extends object>(text: string): Promise<Row[]>;
  start(): Promise<void>;
  /** SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one, SIGKILL no shutdown at all. */
  stop(signal: NodeJS.Signals): Promise<void>;
  remove(): Promise<void>;
}

/** PostgreSQL refuses to run as root: then Debian's user for it does. */
const USER: string | undefined = process.getuid?.() === 0 ? "postgres" : undefined;

/** Undefined where PostgreSQL is not installed, which the suite then says. */
export function postgresBinaries(suite: string): Readonly<Record<"initdb" | "postgres", string>> | undefined {
  return findBinaries(suite, ["initdb", "postgres"], postgresDirectories());
}

export async function startPostgres(
  binaries: Readonly<Record<"initdb" | "postgres", string>>,
  settings: readonly string[] = [],
): Promise<PostgresServer> {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-postgres-"));
  if (USER !== undefined) chownSync(directory, idOf("-u"), idOf("-g"));
  const data = join(directory, "data");
  const [initdb, ...initArgs] = asUser([
    binaries.initdb,
    "-D",
    data,
    "-U",
    "owner",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--no-sync",
  ]);
  execFileSync(initdb!, initArgs, { stdio: "ignore" });
  const [port] = await freePorts(1);
  const url = `postgres://owner@127.0.0.1:${port}/postgres`;
  let daemon: Daemon | undefined;

  const server: PostgresServer = {
    port: port!,
    url,
    query: (text) => queryOn(url, text),
    async start() {
      const options = [
        "listen_addresses=127.0.0.1",
        `port=${port}`,
        `unix_socket_directories=${directory}`,
        ...settings,
      ];
      const [postgres, ...args] = asUser([
        binaries.postgres,
        "-D",
        data,
        ...options.flatMap((option) => ["-c", option]),
      ]);
      daemon = startDaemon(postgres!, args);
      await until(
        "PostgreSQL to answer",
        async () => (await queryOn(url, "select 1")).length === 1,
        30_000,
        daemon.output,
      );
    },
    async stop(signal) {
      await daemon?.stop(signal);
      daemon = undefined;
    },
    async remove() {
      await server.stop("SIGQUIT");
      rmSync(directory, { recursive: true });
    },
  };
  await server.start();
  return server;
}

/** setpriv becomes the program, so that a signal reaches the server itself. */
function asUser(command: readonly string[]): string[] {
  if (USER === undefined) return [...command];
  return ["setpriv", `--reuid=${USER}`, `--regid=${USER}`, "--clear-groups", "--", ...command];
}

function idOf(option: "-u" | "-g"): number {
  return Number(execFileSync("id", [option, USER!], { encoding: "utf8" }));
}

/** Runs statements on a connection of their own. */
export async function queryOn<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
