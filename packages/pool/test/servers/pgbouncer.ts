import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDaemon, until } from "./daemon.js";
import { freePorts } from "./free-port.js";
import { type PostgresServer, queryOn } from "./postgres-server.js";

/** A pooler in front of a server; each statement may run in another session. */
export interface Pooler {
  readonly url: string;
  remove(): Promise<void>;
}

/** Starts PgBouncer in transaction mode, with fewer connections to the server than a test has clients. */
export async function startPooler(binary: string, server: PostgresServer): Promise<Pooler> {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-pgbouncer-"));
  const [port] = await freePorts(1);
  const users = join(directory, "users.txt");
  const settings = join(directory, "pgbouncer.ini");
  writeFileSync(users, '"owner" ""\n');
  writeFileSync(
    settings,
    `[databases]
* = host=127.0.0.1 port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = 3
`,
  );
  const isRoot = process.getuid?.() === 0;
  if (isRoot) execFileSync("chown", ["-R", "postgres:postgres", directory]);
  const daemon = startDaemon(binary, [...(isRoot ? ["-u", "postgres"] : []), settings]);
  const url = `postgres://owner@127.0.0.1:${port}/postgres`;
  await until("PgBouncer to answer", async () => (await queryOn(url, "select 1")).length === 1, 10_000, daemon.output);
  return {
    url,
    async remove() {
      await daemon.stop("SIGTERM");
      rmSync(directory, { recursive: true });
    },
  };
}
