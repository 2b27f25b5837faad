import { readFileSync } from "node:fs";
import { corrupt } from "../register/record.js";

const PAGE_HEADER_BYTES = 24;
const MAGIC = 0xbeefc0de;

/**
 * Looks at an LMDB file before it is mapped into memory: LMDB would end the process on a page that lies behind the end
 * of a truncated file.
 *
 * @param expectation "may-be-new": a file that is missing or empty is the start of a new store
 * @throws ShardflakeError `STORE_CORRUPT`
 */
export function surveyDataFile(path: string, expectation: "may-be-new" | "must-exist"): void {
  const file = readIfThere(path);
  if (file === undefined || file.length === 0) {
    if (expectation === "may-be-new") return;
    throw corrupt(path, file === undefined ? "got no file, although there was one" : "got an empty file");
  }
  if (file.length < 2 * 4096 || file.readUInt32LE(PAGE_HEADER_BYTES) !== MAGIC) {
    throw corrupt(path, "got a file that is truncated or no LMDB database");
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
