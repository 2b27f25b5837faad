import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinaries } from "../../../../packages/pool/test/servers/binaries.js";
import { startDaemon, until } from "../../../../packages/pool/test/servers/daemon.js";

const NAMES = ["mariadbd", "mariadb-install-db", "mariadb"] as const;
type Binaries = Readonly<Record<(typeof NAMES)[number], string>>;

/** A MariaDB server without a network, with one empty database in a temporary directory. */
export interface MariadbServer {
  /** Runs statements, and returns the lines of their results, fields separated by tabs. */
  query(text: string): string[];
  remove(): Promise<void>;
}

/** Undefined where MariaDB is not installed, which the suite then says. */
export function mariadbBinaries(suite: string): Binaries | undefined {
  return findBinaries(suite, NAMES);
}

export async function startMariadb(binaries: Binaries): Promise<MariadbServer> {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-mariadb-"));
  const data = join(directory, "data");
  const socket = join(directory, "socket");
  const asRoot = process.getuid?.() === 0 ? ["--user=root"] : [];
  const install = ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", "--skip-test-db"];
  execFileSync(binaries["mariadb-install-db"], [...install, ...asRoot], { stdio: "ignore" });
  const options = [
    `--datadir=${data}`,
    `--socket=${socket}`,
    "--skip-networking",
    "--innodb-flush-log-at-trx-commit=0",
  ];
  const daemon = startDaemon(binaries.mariadbd, ["--no-defaults", ...options, ...asRoot]);
  const run = (text: string, database: readonly string[]): string[] => {
    const client = [
      "--no-defaults",
      `--socket=${socket}`,
      "--user=root",
      "--batch",
      "--skip-column-names",
      ...database,
    ];
    const output = execFileSync(binaries.mariadb, client, { input: text, encoding: "utf8", stdio: "pipe" });
    return output.split("\n").filter((line) => line !== "");
  };
  const begin = async (): Promise<boolean> => run("create database if not exists ids", []).length === 0;
  await until("MariaDB to answer", begin, 30_000, daemon.output);
  return {
    query: (text) => run(text, ["ids"]),
    async remove() {
      await daemon.stop("SIGKILL");
      rmSync(directory, { recursive: true });
    },
  };
}
