import { statfsSync } from "node:fs";
import { ShardflakeError } from "@shardflake/core";
import { corrupt } from "../register/record.js";
import { type StateFiles, unusable } from "./state-directory.js";

/** Return codes of LMDB, from lmdb.h. */
const PAGE_NOT_FOUND = -30797;
const CORRUPTED = -30796;
const PANIC = -30795;
const VERSION_MISMATCH = -30794;
const INVALID = -30793;
const MAP_FULL = -30792;

/** errno of a full disk and of an exhausted quota, on Linux and on macOS. */
const DISK_FULL: readonly unknown[] = [28, 122, 69, "ENOSPC", "EDQUOT"];

/** LMDB reports a write that was cut short, as by a full disk, as an input/output error. */
const IO_ERROR = 5;
const ALMOST_FULL_BYTES = 1024 * 1024;

/** Whatever LMDB or the file system threw, as an error with a code. A bug in the program stays what it is. */
export function embeddedError(error: unknown, files: StateFiles): Error {
  if (error instanceof ShardflakeError || error instanceof TypeError || error instanceof ReferenceError) return error;
  const { code } = error as { readonly code?: unknown };
  const message = error instanceof Error ? error.message : String(error);
  switch (code) {
    case PAGE_NOT_FOUND:
    case CORRUPTED:
    case PANIC:
    case VERSION_MISMATCH:
    case INVALID:
      return corrupt(files.data, `got LMDB's "${message}"`, error);
    case MAP_FULL:
      return full(files, message, error);
    default:
      return DISK_FULL.includes(code) || (code === IO_ERROR && isAlmostFull(files))
        ? full(files, message, error)
        : unusable(files.directory, error);
  }
}

function isAlmostFull(files: StateFiles): boolean {
  try {
    const { bavail, bsize } = statfsSync(files.directory);
    return bavail * bsize < ALMOST_FULL_BYTES;
  } catch {
    return false;
  }
}

function full(files: StateFiles, message: string, cause: unknown): ShardflakeError {
  return new ShardflakeError(
    "STORE_FULL",
    `Expected room to write in ${files.directory}, got: ${message}. Nothing was written. Free some space.`,
    { cause },
  );
}
