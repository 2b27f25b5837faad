import { ShardflakeError } from "@shardflake/core";
import { corrupt } from "../../register/record.js";

/** Codes of the PostgreSQL manual, appendix A. */
const DIVISION_BY_ZERO = "22012";
const UNIQUE_VIOLATION = "23505";
const FOREIGN_KEY_VIOLATION = "23503";
const SERIALIZATION_FAILURE = "40001";
const DEADLOCK_DETECTED = "40P01";
const UNDEFINED_TABLE = "42P01";
const UNDEFINED_COLUMN = "42703";
const INSUFFICIENT_PRIVILEGE = "42501";
const INVALID_CATALOG_NAME = "3D000";
const DISK_FULL = "53100";
const READ_ONLY = "25006";
const INVALID_AUTHORIZATION = "28";

const CONFLICTS: readonly unknown[] = [
  // How the statement says that a version has moved on.
  DIVISION_BY_ZERO,
  // Two writers of the same rows: one of them is told to try again, and nothing of it was written.
  UNIQUE_VIOLATION,
  SERIALIZATION_FAILURE,
  DEADLOCK_DETECTED,
];

/** Whether the server has refused a write because somebody else was first, and nothing was written. */
export function isConflict(error: unknown): boolean {
  return error instanceof ShardflakeError && CONFLICTS.includes(sqlStateOf(error.cause));
}

/** Whatever the driver threw, as an error with a code; messages of the server contain no password. */
export function postgresError(error: unknown, name: string): ShardflakeError {
  if (error instanceof ShardflakeError) return error;
  const state = sqlStateOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (state === DISK_FULL) {
    const text = `Expected room to write in ${name}, got: ${message}. Nothing was written. Free some space.`;
    return new ShardflakeError("STORE_FULL", text, { cause: error });
  }
  if (state === UNDEFINED_TABLE || state === UNDEFINED_COLUMN || state === FOREIGN_KEY_VIOLATION) {
    return corrupt(`the schema shardflake in ${name}`, `got: ${message}`, error);
  }
  if (state === INSUFFICIENT_PRIVILEGE || state === INVALID_CATALOG_NAME || state.startsWith(INVALID_AUTHORIZATION)) {
    const text = `Expected to be let into ${name}, got: ${message}. Check user, password, database and rights.`;
    return new ShardflakeError("STORE_DENIED", text, { cause: error });
  }
  const advice =
    state === READ_ONLY ? "It is a standby: address the primary." : "Check that it runs and can be reached.";
  return new ShardflakeError("STORE_UNAVAILABLE", `Expected ${name} to answer, got: ${message}. ${advice}`, {
    cause: error,
  });
}

/** The five characters of an error that the server has sent; empty for any other error. */
function sqlStateOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && "severity" in (error as object) ? code : "";
}
