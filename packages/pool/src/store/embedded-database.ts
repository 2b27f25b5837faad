import { statSync } from "node:fs";
import { createRequire } from "node:module";
import type { RootDatabase } from "lmdb";
import { corrupt } from "../register/record.js";
import type { StateFiles } from "./state-directory.js";

/** Its one file of CommonJS is loaded in two thirds of the time that its modules take: 13 ms of a command's start. */
const { open } = createRequire(import.meta.url)("lmdb") as typeof import("lmdb");

/** Address space, not disk: room for some hundred thousand registers. */
const MAP_BYTES = 256 * 1024 * 1024;

/** Texts by text in one LMDB file. */
export interface Database {
  /** Runs `work` in one write transaction; when this returns, what was put is on the disk. When `work` throws, nothing is. */
  transaction<T>(work: (table: Table) => T): T;
  close(): Promise<void>;
}

/** What a transaction works on. */
export interface Table {
  get(key: string): string | undefined;
  /** Keys from `start` up to but without `end`, ascending. */
  range(start: string, end: string): Iterable<{ readonly key: string; readonly value: string }>;
  put(key: string, value: string): void;
}

/**
 * Opens the file. Everything, reading too, happens in write transactions: LMDB's table of readers is kept by process ID
 * and fails where two containers, each with a process 1, share a directory. They take 0.03 ms when nothing is put.
 */
export function openDatabase(files: StateFiles): Database {
  const database: RootDatabase<string, string> = open({
    path: files.data,
    noSubdir: true,
    encoding: "string",
    mapSize: MAP_BYTES,
    // A commit returns when its pages are on the disk, as LMDB was designed.
    overlappingSync: false,
  });
  const { ino, dev } = statSync(files.data);
  const table: Table = {
    get: (key) => database.get(key),
    range: (start, end) => database.getRange({ start, end }),
    put: (key, value) => database.putSync(key, value),
  };
  return {
    transaction: (work) => {
      const found = statSync(files.data, { throwIfNoEntry: false });
      // LMDB would go on in the deleted file, and the next process in a new one.
      if (found?.ino !== ino || found.dev !== dev)
        throw corrupt(files.data, "got another file or none, while it was in use");
      return database.transactionSync(() => work(table));
    },
    close: () => database.close(),
  };
}
