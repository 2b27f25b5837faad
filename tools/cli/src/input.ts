import { constants, fstatSync, openSync, type Stats } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { Socket } from "node:net";
import { addAbortSignal, type Readable } from "node:stream";
import { ShardflakeError } from "@shardflake/core";
import { InputError } from "./input-error.js";

/** Large enough for few system calls, small enough for the processor's cache. */
const CHUNK_BYTES = 512 * 1024;

/** A file that was opened for reading. */
export type InputFile =
  | { readonly kind: "file"; readonly handle: FileHandle; readonly bytes: number }
  /** Can be read only once. */
  | { readonly kind: "device"; readonly handle: FileHandle }
  /** A named pipe. Can be read only once. */
  | { readonly kind: "pipe"; readonly stream: Readable };

/** @throws InputError `INPUT_UNREADABLE` when the file is not there or not readable, `INPUT_DIRECTORY` for a directory */
export async function openInput(path: string): Promise<InputFile> {
  const stats = await attempt(path, () => stat(path));
  if (stats.isDirectory()) throw directoryError(path);
  if (stats.isFIFO()) return { kind: "pipe", stream: await attempt(path, () => openPipe(path)) };
  const handle = await attempt(path, () => open(path, "r"));
  return stats.isFile() ? { kind: "file", handle, bytes: stats.size } : { kind: "device", handle };
}

/** Gives the file back. */
export async function closeInput(file: InputFile): Promise<void> {
  if (file.kind === "pipe") file.stream.destroy();
  else await file.handle.close();
}

/**
 * Reads a file from its beginning, or a device or pipe from where it is, until it ends; the signal ends the wait
 * for a pipe. Chunks share memory: each is gone when the one after it is asked for.
 *
 * @throws ShardflakeError `INPUT_FAILED` when reading fails
 */
export function readInput(file: InputFile, signal?: AbortSignal): AsyncIterable<Uint8Array> {
  if (file.kind !== "pipe") return readHandle(file);
  return signal === undefined ? file.stream : addAbortSignal(signal, file.stream);
}

/** Reads stdin until it ends or the signal aborts. @throws InputError `INPUT_DIRECTORY` */
export async function* readStdin(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let stats: Stats;
  try {
    stats = fstatSync(0);
  } catch {
    // A closed stdin is an empty one.
    return;
  }
  if (stats.isDirectory()) throw directoryError("stdin");
  yield* addAbortSignal(signal, process.stdin) as AsyncIterable<Uint8Array>;
}

/**
 * The event loop waits for pipes. A thread that waited for one in read(2) could not be interrupted, not even by the end
 * of the process.
 */
function openPipe(path: string): Readable {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd: file, readable: true, writable: false });
}

/** The next chunk is on its way while the last one is worked on: two buffers take turns. */
async function* readHandle({ kind, handle }: Exclude<InputFile, { kind: "pipe" }>): AsyncGenerator<Uint8Array> {
  let [buffer, spare] = [new Uint8Array(CHUNK_BYTES), new Uint8Array(CHUNK_BYTES)];
  let position = 0;
  const read = (into: Uint8Array): Promise<number> =>
    handle.read(into, 0, into.length, kind === "file" ? position : null).then(
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

async function attempt<Result>(path: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError("INPUT_UNREADABLE", `Expected to read the file ${path}, got: ${reason}.`);
  }
}

function directoryError(name: string): InputError {
  return new InputError("INPUT_DIRECTORY", `Expected ${name} to be a file or a pipe, got a directory.`);
}
