import { accessSync, constants, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { outputError } from "./output.js";

/** A file that is written at once: whoever reads it finds what was there before or all of what is new, never a part. */
export interface WholeFile {
  readonly path: string;
  /** @throws ShardflakeError `OUTPUT_FAILED`; what was there before is still there then */
  write(text: string): void;
}

/**
 * Looks whether the file could be written, so that this is told before the work and not after it. Writes nothing.
 *
 * @throws ShardflakeError `OUTPUT_FAILED` for a directory, or a directory that is not there or may not be written
 */
export function wholeFile(path: string): WholeFile {
  const target = orFail(path, () => targetOf(path));
  return { path, write: (text) => orFail(path, () => target(text)) };
}

type Write = (text: string) => void;

function targetOf(path: string): Write {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !isReplaceable(stats)) {
    accessSync(path, constants.W_OK);
    return (text) => writeFileSync(path, text);
  }
  // A link keeps pointing where it did.
  const file = stats === undefined ? path : realpathSync(path);
  const directory = dirname(file);
  if (basename(file) === "" || file.endsWith("/")) throw new Error("it names no file");
  if (!statSync(directory).isDirectory()) throw new Error(`${directory} is no directory`);
  accessSync(directory, constants.W_OK);
  return (text) => {
    const temporary = join(directory, `.shardflake-${process.pid}.tmp`);
    try {
      writeFileSync(temporary, text, { flush: true, mode: (stats?.mode ?? 0o666) & 0o777 });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  };
}

/** Devices and pipes are written to; nothing may take their place. */
function isReplaceable(stats: Stats): boolean {
  if (stats.isDirectory()) throw new Error("it is a directory");
  return stats.isFile();
}

function orFail<Result>(path: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw outputError(path, error);
  }
}
