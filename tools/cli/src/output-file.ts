import { closeSync, constants, fstatSync, ftruncateSync, openSync, unlinkSync } from "node:fs";

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
    return { file: openSync(path, constants.O_WRONLY | constants.O_CREAT), isNew: false };
  }
}
