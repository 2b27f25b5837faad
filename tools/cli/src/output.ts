import { closeSync, fstatSync, openSync, write as writeFile } from "node:fs";
import { promisify } from "node:util";
import { ShardflakeError } from "@shardflake/core";
import { OutputClosedError } from "./exit.js";

const writeSome = promisify(writeFile);

const STDOUT = 1;

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
  /** @throws ShardflakeError `OUTPUT_FAILED` */
  close(): Promise<void>;
}

/**
 * Opens a file for writing, emptied, or stdout when there is no path.
 *
 * @throws ShardflakeError `OUTPUT_FAILED` when the file cannot be opened
 */
export function openOutput(path?: string): Output {
  if (path === undefined) return isStream(STDOUT) ? streamOutput(process.stdout) : fileOutput(STDOUT, "stdout");
  let file: number;
  try {
    file = openSync(path, "w");
  } catch (error) {
    throw outputError(path, error);
  }
  return fileOutput(file, path);
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
  return {
    write: (data) =>
      new Promise((resolve, reject) => {
        stream.write(data, (error) => (error ? reject(outputError("stdout", error)) : resolve()));
      }),
    close: async () => {},
  };
}

function fileOutput(file: number, name: string): Output {
  return {
    async write(data) {
      const bytes = typeof data === "string" ? Buffer.from(data) : data;
      for (let done = 0; done < bytes.length; ) {
        try {
          done += (await writeSome(file, bytes, done, bytes.length - done, null)).bytesWritten;
        } catch (error) {
          if (codeOf(error) !== "EAGAIN") throw outputError(name, error);
          await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        }
      }
    },
    async close() {
      if (file === STDOUT) return;
      try {
        closeSync(file);
      } catch (error) {
        throw outputError(name, error);
      }
    },
  };
}

function outputError(name: string, error: unknown): Error {
  const code = codeOf(error);
  if (code === "EPIPE" || code === "ECONNRESET" || code === "ERR_STREAM_DESTROYED") return new OutputClosedError();
  const reason = error instanceof Error ? error.message : String(error);
  return new ShardflakeError("OUTPUT_FAILED", `Expected to write to ${name}, got: ${reason}.`, { cause: error });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
