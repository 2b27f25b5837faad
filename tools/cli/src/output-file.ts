import { closeSync, constants, fstatSync, ftruncateSync, openSync, realpathSync, statSync, unlinkSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** How often a named pipe is looked at again for a reader. */
const READER_POLL_MS = 50;

/** A file that results go to. What was in it before stays until there is something to put in its place. */
export interface OutputFile {
  /** File descriptor. Call {@link begin} before the first write. */
  readonly file: number;
  /** Empties the file; from the second call on it does nothing. */
  begin(): void;
  /** Closes the file, and takes one away that was made here and never begun. */
  close(): void;
}

/** Makes the file where there is none. @throws the file system's error */
export function openOutputFile(path: string): OutputFile {
  const { file, isNew } = open(path);
  let isBegun = false;
  return {
    file,
    begin() {
      if (isBegun) return;
      isBegun = true;
      // Devices and pipes have no length.
      if (fstatSync(file).isFile()) ftruncateSync(file);
    },
    close() {
      closeSync(file);
      if (isNew && !isBegun) unlinkSync(path);
    },
  };
}

function open(path: string): { readonly file: number; readonly isNew: boolean } {
  try {
    return { file: openSync(path, "wx"), isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return { file: openSync(path, flagsFor(path)), isNew: false };
  }
}

/** A thread that waits in a pipe could not be interrupted, not even by the end of the process. */
function flagsFor(path: string): number {
  return constants.O_WRONLY | (isNamedPipe(path) ? constants.O_NONBLOCK : constants.O_CREAT);
}

/**
 * Opens a file; a named pipe as soon as somebody reads it. Until then the signal ends the wait.
 *
 * @throws whatever `open` throws, and the signal's reason
 */
export async function openWhenRead<Opened>(path: string, open: () => Opened, signal: AbortSignal): Promise<Opened> {
  for (;;) {
    try {
      return open();
    } catch (error) {
      if (!isUnread(error) || !isNamedPipe(path)) throw error;
      await delay(READER_POLL_MS, undefined, { signal });
    }
  }
}

/** How a named pipe without a reader is refused. */
function isUnread(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ENXIO";
}

/** Pipes of this process's own, such as /dev/stdout, have a reader already and may be shared: they are left as they are. */
function isNamedPipe(path: string): boolean {
  return !realpathSync(path).startsWith("/proc/") && statSync(path).isFIFO();
}
