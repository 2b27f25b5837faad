import { LayoutError, ParseError, ShardflakeError } from "@shardflake/core";
import { InputError } from "./input-error.js";
import { visible } from "./visible.js";

/** What the exit codes of every command mean. */
export const ExitCode = {
  ok: 0,
  /** A check was completed, and failed. */
  violation: 1,
  /** Usage or bad input. */
  input: 2,
  /** Could not be done or decided. */
  failure: 3,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The reader of the output is gone, as in `| head`. Nothing is wrong, and nothing is left to do. */
export class OutputClosedError extends Error {}

/**
 * Errors of other packages that mean bad input, by code: their classes are for those who catch them, and tell nothing
 * about whose fault it was.
 */
const INPUT_CODES: ReadonlySet<string> = new Set([
  "BACKFILL_FUTURE",
  "BACKFILL_INVALID",
  "COUNT_INVALID",
  "MACHINE_ID_INVALID",
  "NAMESPACE_INVALID",
  "OPTION_INVALID",
  "PERIOD_INVALID",
  "SCENARIO_FORMAT_NEWER",
  "SCENARIO_INVALID",
  "SCENARIO_UNSUPPORTED",
  "STORE_INVALID",
  "SUBJECT_INVALID",
  "SUBJECT_UNKNOWN",
]);

/** The exit code an error stands for. Only a completed check exits with 1, so no error ever does. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof OutputClosedError) return ExitCode.ok;
  if (isCommanderError(error)) return error.exitCode === 0 ? ExitCode.ok : ExitCode.input;
  if (error instanceof InputError || error instanceof ParseError || error instanceof LayoutError) return ExitCode.input;
  if (error instanceof ShardflakeError && INPUT_CODES.has(error.code)) return ExitCode.input;
  return ExitCode.failure;
}

/** The line for stderr, or undefined where nothing is to be said (or commander said it already). */
export function errorLine(error: unknown): string | undefined {
  if (error instanceof OutputClosedError || isCommanderError(error)) return undefined;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
  const message = error instanceof Error ? error.message : String(error);
  const oneLine = message.replaceAll(/\s*\n\s*/g, " ");
  return `shardflake: ${visible(oneLine)}${code === undefined ? "" : ` [${code}]`}\n`;
}

/** Commander is not imported for its class: its errors are known by their code. */
function isCommanderError(error: unknown): error is Error & { exitCode: number } {
  return (
    error instanceof Error &&
    "code" in error &&
    "exitCode" in error &&
    typeof error.code === "string" &&
    error.code.startsWith("commander.") &&
    typeof error.exitCode === "number"
  );
}
