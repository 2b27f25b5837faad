import { describeValue } from "@shardflake/core";
import type { FoundSubject } from "./find-subject.js";
import { SubjectError } from "./subject-error.js";
import type { Unloadable } from "./thread/messages.js";

/** The error for a subject that could not be loaded; for a package that is missing, with the command that installs it. */
export function cannotLoad({ ready }: FoundSubject, nameOrFile: string, { code, message }: Unloadable): SubjectError {
  if (ready !== null && code === "ERR_MODULE_NOT_FOUND" && message.includes(`'${ready.packageName}'`)) {
    const { packageName, version } = ready;
    return new SubjectError(
      "SUBJECT_NOT_INSTALLED",
      `Expected the package ${packageName} to be installed. Run: npm install --save-dev ${packageName}@${version}`,
    );
  }
  return new SubjectError(
    "SUBJECT_INVALID",
    `Expected ${describeValue(nameOrFile)} to be a module that makes a generator, but: ${message}`,
  );
}
