import { fstatSync, write as writeFile, writev as writevFile } from "node:fs";
import { promisify } from "node:util";
import { ShardflakeError } from "@shardflake/core";
import { OutputClosedError } from "./exit.js";
import { type OutputFile, openOutputFile } from "./output-file.js";

const writeSome = promisify(writeFile);
const writeSomeOfAll = promisify(writevFile);

/** Its file descriptor. */
export const STDOUT = 1;
const OPEN_STDOUT: OutputFile = { file: STDOUT, begin: () => {}, close: () => {} };

/** Pause before writing again to a device that takes nothing at the moment. */
const AGAIN_MS = 5;

/** Where results go. */
export interface Output {
  /**
   * Resolves when all of it was handed over, so that awaiting it is backpressure.
   *
   * @throws OutputClosedError when the reader is gone
   * @throws ShardflakeError `OUTPUT_FAILED` for any other failure, such as a full disk
   */
  write(data: Uint8Array | string): Promise<void>;
  /** The same for several pieces at once, in as few system calls as possible. @throws as {@link write} */
  writeAll(pieces: readonly Uint8Array[]): Promise<void>;
  /** Waits for what is being written. @throws ShardflakeError `OUTPUT_FAILED` */
  close(): Promise<void>;
}

/**
 * Opens a file, or stdout when there is no path. The first write empties the file; without one it stays as it was.
 *
 * @throws ShardflakeError `OUTPUT_FAILED` when the file cannot be opened
 */
export function openOutput(path?: string): Output {
  if (path === undefined) return isStream(STDOUT) ? streamOutput(process.stdout) : fileOutput(OPEN_STDOUT, "stdout");
  try {
    return fileOutput(openOutputFile(path), path);
  } catch (error) {
    throw outputError(path, error);
  }
}

/** Pipes, sockets and terminals have the event loop wait for their reader; files and devices are written directly. */
function isStream(file: number): boolean {
  if (process.stdout.isTTY) return true;
  try {
    const stat = fstatSync(file);
    return stat.isFIFO() || stat.isSocket();
  } catch (error) {
    throw outputError("stdout", error);
  }
}

function streamOutput(stream: NodeJS.WriteStream): Output {
  // The callback of write() reports the same failure; without a listener it would also be thrown.
  stream.on("error", () => {});
  const write = (data: Uint8Array | string): Promise<void> =>
    new Promise((resolve, reject) => {
      stream.write(data, (error) => (error ? reject(outputError("stdout", error)) : resolve()));
    });
  return {
    write,
    async writeAll(pieces) {
      stream.cork();
      const written = Promise.all(pieces.map(write));
      stream.uncork();
      await written;
    },
    close: async () => {},
  };
}

/** The most pieces a writev call takes (IOV_MAX on Linux and macOS). */
const MOST_PIECES = 1024;

function fileOutput({ file, begin, close }: OutputFile, name: string): Output {
  let writing: Promise<void> = Promise.resolve();
  const writeRest = async (pieces: readonly Uint8Array[]): Promise<void> => {
    try {
      begin();
    } catch (error) {
      throw outputError(name, error);
    }
    let rest = pieces.filter((piece) => piece.length > 0);
    while (rest.length > 0) {
      try {
        rest = after(rest, await writeOnce(file, rest));
      } catch (error) {
        if (codeOf(error) !== "EAGAIN") throw outputError(name, error);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  };
  const writeAll = (pieces: readonly Uint8Array[]): Promise<void> => {
    const written = writeRest(pieces);
    writing = written.catch(() => {});
    return written;
  };
  return {
    write: (data) => writeAll([typeof data === "string" ? Buffer.from(data) : data]),
    writeAll,
    async close() {
      await writing;
      try {
        close();
      } catch (error) {
        throw outputError(name, error);
      }
    },
  };
}

async function writeOnce(file: number, pieces: readonly Uint8Array[]): Promise<number> {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined)
    return (await writeSome(file, only, 0, only.length, null)).bytesWritten;
  return (await writeSomeOfAll(file, pieces.slice(0, MOST_PIECES))).bytesWritten;
}

/** The pieces without their first `bytes` bytes. */
function after(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let left = bytes;
  let whole = 0;
  while (whole < pieces.length && pieces[whole]!.length <= left) left -= pieces[whole++]!.length;
  const rest = pieces.slice(whole);
  if (left > 0) rest[0] = rest[0]!.subarray(left);
  return rest;
}

/** The error for a failed write: quiet when the reader is gone, `OUTPUT_FAILED` otherwise. */
export function outputError(name: string, error: unknown): Error {
  const code = codeOf(error);
  if (code === "EPIPE" || code === "ECONNRESET" || code === "ERR_STREAM_DESTROYED") return new OutputClosedError();
  const reason = error instanceof Error ? error.message : String(error);
  return new ShardflakeError("OUTPUT_FAILED", `Expected to write to ${name}, got: ${reason}.`, { cause: error });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
