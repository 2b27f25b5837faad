import { ShardflakeError } from "@shardflake/core";

/**
 * What was typed cannot be used. Codes: `OPTION_INVALID` (a value in the wrong form), `USAGE` (arguments that do not go
 * together), `INPUT_UNREADABLE` (a file that is not there or cannot be read), `INPUT_DIRECTORY` (a directory where a
 * file was expected).
 */
export class InputError extends ShardflakeError {}

/** The error for a value in the wrong form. `name` is what the person typed it for, such as `--from`. */
export function valueError(name: string, expected: string, got: string): InputError {
  const shown = got.length > 60 ? `${got.slice(0, 60)}…` : got;
  return new InputError("OPTION_INVALID", `Expected ${name} to be ${expected}, got ${JSON.stringify(shown)}.`);
}
