import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Set where a skipped suite is a failure. */
const REQUIRED = process.env.SHARDFLAKE_REQUIRE_SERVERS === "1";

/**
 * Finds the programs of a server, in $PATH or in one of these directories. Without them a suite must be skipped, and says
 * so; where servers are required, that throws.
 *
 * @returns paths by name, or undefined
 */
export function findBinaries<Name extends string>(
  suite: string,
  names: readonly Name[],
  directories: readonly string[] = [],
): Readonly<Record<Name, string>> | undefined {
  const places = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", ...directories].filter((place) => place !== "");
  const found = names.map((name) => places.map((place) => join(place, name)).find((path) => existsSync(path)));
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) {
    return Object.fromEntries(names.map((name, index) => [name, found[index]])) as Record<Name, string>;
  }
  const text = `SKIPPED: ${suite}, because this machine has no ${missing.join(", ")}`;
  if (REQUIRED) throw new Error(`${text}; SHARDFLAKE_REQUIRE_SERVERS=1 forbids that`);
  process.stderr.write(`${text}\n`);
  return undefined;
}

/** The newest installed PostgreSQL of Debian, whose programs are not in $PATH. */
export function postgresDirectories(): string[] {
  try {
    return execFileSync("sh", ["-c", "ls -d /usr/lib/postgresql/*/bin | sort -V -r"], { encoding: "utf8" })
      .trim()
      .split("\n");
  } catch {
    return [];
  }
}
