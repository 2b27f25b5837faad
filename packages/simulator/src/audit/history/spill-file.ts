import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { ShardflakeError } from "@shardflake/core";
import { RECORD_BYTES } from "./record.js";

/** A part of the file: sorted records. */
export interface Segment {
  readonly offset: number;
  readonly bytes: number;
}

/** Sorted segments of records in one temporary file, which has no name from the start: no way of dying leaves it behind. */
export class SpillFile {
  readonly segments: Segment[] = [];
  readonly #path: string;
  readonly #file: number;
  #size = 0;
  #hasName = true;

  /** @throws ShardflakeError `AUDIT_TEMP` when the directory cannot take a file */
  constructor(directory: string) {
    this.#path = join(directory, `shardflake-audit-${randomUUID()}`);
    this.#file = attempt(this.#path, () => openSync(this.#path, "wx+", 0o600));
    this.#unlink();
  }

  /** @throws ShardflakeError `AUDIT_TEMP` when the file cannot be written, for instance on a full disk */
  write(records: Int32Array, count: number): void {
    const bytes = new Uint8Array(records.buffer, records.byteOffset, count * RECORD_BYTES);
    attempt(this.#path, () => {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.#file, bytes, done, bytes.length - done, this.#size + done);
      }
    });
    this.segments.push({ offset: this.#size, bytes: bytes.length });
    this.#size += bytes.length;
  }

  /** Fills `into` from `offset` on. @throws ShardflakeError `AUDIT_TEMP` */
  read(into: Uint8Array, offset: number): void {
    attempt(this.#path, () => {
      for (let done = 0; done < into.length; ) {
        const got = readSync(this.#file, into, done, into.length - done, offset + done);
        if (got === 0) throw new Error("the file ends early");
        done += got;
      }
    });
  }

  close(): void {
    closeSync(this.#file);
    this.#unlink();
  }

  /** Windows refuses to unlink an open file, so this is tried again on close. */
  #unlink(): void {
    if (!this.#hasName) return;
    try {
      unlinkSync(this.#path);
      this.#hasName = false;
    } catch {}
  }
}

function attempt<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ShardflakeError(
      "AUDIT_TEMP",
      `Expected to keep IDs in the temporary file ${path}, got: ${reason}. Name a directory with room for it.`,
      { cause },
    );
  }
}
