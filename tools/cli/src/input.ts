import { fstatSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { ShardflakeError } from "@shardflake/core";
import { InputError } from "./input-error.js";

/** Large enough for few system calls, small enough for the processor's cache. */
const CHUNK_BYTES = 512 * 1024;

/** A file that was opened for reading. */
export interface InputFile {
  readonly handle: FileHandle;
  /** Size in bytes; undefined for pipes and devices, which can be read only once. */
  readonly bytes: number | undefined;
}

/** @throws InputError `INPUT_UNREADABLE` when the file is not there or not readable, `INPUT_DIRECTORY` for a directory */
export async function openInput(path: string): Promise<InputFile> {
  const handle = await open(path, "r").catch((error: Error) => {
    throw new InputError("INPUT_UNREADABLE", `Expected to read the file ${path}, got: ${error.message}.`);
  });
  const stat = await handle.stat();
  if (stat.isDirectory()) {
    await handle.close();
    throw new InputError("INPUT_DIRECTORY", `Expected ${path} to be a file, got a directory.`);
  }
  return { handle, bytes: stat.isFile() ? stat.size : undefined };
}

/**
 * Reads a file from its beginning. The next chunk is on its way while the last one is worked on, and two buffers take
 * turns: a chunk is gone when the one after it is asked for.
 *
 * @throws ShardflakeError `INPUT_FAILED` when reading fails
 */
export async function* readFile({ handle, bytes }: InputFile): AsyncGenerator<Uint8Array> {
  let [buffer, spare] = [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)];
  let position = 0;
  const read = (into: Uint8Array): Promise<number> =>
    handle.read(into, 0, into.length, bytes === undefined ? null : position).then(
      (result) => result.bytesRead,
      (error: Error) => {
        throw new ShardflakeError("INPUT_FAILED", `Expected to read the input, got: ${error.message}.`, {
          cause: error,
        });
      },
    );
  let pending = read(buffer);
  for (;;) {
    const length = await pending;
    if (length === 0) return;
    position += length;
    const chunk = buffer.subarray(0, length);
    [buffer, spare] = [spare, buffer];
    pending = read(buffer);
    // Whoever stops early leaves this read behind; its failure is nobody's business then.
    pending.catch(() => {});
    yield chunk;
  }
}

/** Reads stdin until it ends or the signal aborts. */
export async function* readStdin(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let isDirectory = false;
  try {
    isDirectory = fstatSync(0).isDirectory();
  } catch {
    // A closed stdin is an empty one.
    return;
  }
  if (isDirectory) throw new InputError("INPUT_DIRECTORY", "Expected stdin to be a file or a pipe, got a directory.");
  yield* addAbortSignal(signal, process.stdin) as AsyncIterable<Uint8Array>;
}
