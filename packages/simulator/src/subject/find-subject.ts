import { statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describeValue } from "@shardflake/core";
import { READY_SUBJECTS, type ReadySubject } from "./ready-subjects.js";
import { SubjectError } from "./subject-error.js";

/** Where a subject is. */
export interface FoundSubject {
  /** Address of the module. */
  readonly href: string;
  /** `null` for a file. */
  readonly ready: ReadySubject | null;
}

/**
 * The ready subject of that name, otherwise the module in that file; relative to the working directory.
 *
 * @throws SubjectError `SUBJECT_UNKNOWN` when there is neither
 */
export function findSubject(nameOrFile: string): FoundSubject {
  const ready = READY_SUBJECTS.find(({ name }) => name === nameOrFile);
  if (ready !== undefined) {
    return { href: new URL(`./adapters/${ready.adapter}.js`, import.meta.url).href, ready };
  }
  const file = resolve(nameOrFile);
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return { href: pathToFileURL(file).href, ready: null };
  throw new SubjectError(
    "SUBJECT_UNKNOWN",
    `Expected a subject as the path of a module or one of ${READY_SUBJECTS.map(({ name }) => name).join(", ")}, ` +
      `got ${describeValue(nameOrFile)}.`,
  );
}
