import { randomUUID } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ShardflakeError } from "@shardflake/core";
import { checkFormat, corrupt, RECORD_FORMAT } from "../register/record.js";
import { refuseNetworkFileSystem } from "./network-fs.js";
import { seal, unseal } from "./seal.js";
import { surveyDataFile } from "./survey.js";

/** The files of an embedded store. */
export interface StateFiles {
  readonly directory: string;
  readonly data: string;
  /** Exists as soon as the data file has content: a missing or empty data file beside it is damage, not a new store. */
  readonly marker: string;
}

const MARKER_KEY = "state directory";

/** Where the files of a state directory are. */
export function stateFiles(directory: string): StateFiles {
  return { directory, data: join(directory, "registers.mdb"), marker: join(directory, "registers.format") };
}

/**
 * Makes the directory where there is none, and checks what is in it before LMDB maps it into memory.
 *
 * @throws ShardflakeError `STORE_UNAVAILABLE` when it cannot be created or written, `STORE_NETWORK_FS`, `STORE_CORRUPT`,
 * `STORE_FORMAT_NEWER`
 */
export function prepareStateDirectory(files: StateFiles): void {
  try {
    makeDirectory(resolve(files.directory));
    accessSync(files.directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(files.directory, error);
  }
  refuseNetworkFileSystem(files.directory);
  refuseLink(files);
  const marker = readIfThere(files.marker);
  if (marker !== undefined) checkMarker(marker, files.marker);
  surveyDataFile(files.data, marker === undefined ? "may-be-new" : "must-exist");
}

/**
 * LMDB's lock lies beside the file as it is named: two processes that name it differently would write without heed of one
 * another, and the file could lie anywhere. A link to the directory is fine.
 */
function refuseLink({ directory, data }: StateFiles): void {
  if (!lstatSync(data, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  throw unusable(directory, new Error(`a symbolic link in the place of ${data}; link the whole directory instead`));
}

/** Makes a directory and those above it. Node's own recursion never ends below /proc, which denies its children. */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST" && statSync(path).isDirectory()) return;
    if (code !== "ENOENT" || existsSync(dirname(path))) throw error;
    makeDirectory(dirname(path));
    makeDirectory(path);
  }
}

/** Records that the data file has content, for every later start. Call it after the first commit. */
export function markStateDirectory(files: StateFiles): void {
  if (readIfThere(files.marker) !== undefined) return;
  // Threads of one process share its ID, and several may open a new directory at once.
  const draft = `${files.marker}.${randomUUID()}.tmp`;
  writeFileSync(draft, `${seal(MARKER_KEY, JSON.stringify({ format: RECORD_FORMAT }))}\n`, { flush: true });
  renameSync(draft, files.marker);
  syncDirectory(files.directory);
  syncDirectory(dirname(files.directory));
}

/** The error for a state directory that cannot be used; names the option that chooses another. */
export function unusable(directory: string, cause: unknown): ShardflakeError {
  const got = cause instanceof Error ? cause.message : String(cause);
  return new ShardflakeError(
    "STORE_UNAVAILABLE",
    `Expected a state directory that can be created and written at ${directory}, got: ${got}. Give another with ` +
      "`--store embedded:DIR` or $SHARDFLAKE_STATE_DIR.",
    { cause },
  );
}

function checkMarker(marker: string, where: string): void {
  const record: unknown = JSON.parse(unseal(MARKER_KEY, marker.trimEnd(), where));
  if (record === null || typeof record !== "object") throw corrupt(where, "got no record");
  checkFormat((record as { readonly format?: unknown }).format, where);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unusable(dirname(path), error);
  }
}

/** Makes a new file's name as durable as its content. Windows cannot open directories, and needs it not. */
function syncDirectory(directory: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
