import type { ExitCode } from "./exit.js";

/** What every command gets from the program that runs it. */
export interface CommandContext {
  /** Aborted by SIGINT, SIGTERM or SIGHUP; its reason is a SignalError. */
  readonly signal: AbortSignal;
  /** A signal is this command's ordinary end: it exits with 0, and has this long, in milliseconds, for its last work. */
  endWell(cleanupMs: number): void;
  /** Says how a command that completed ends: with a violation, for instance. Errors have exit codes of their own. */
  setExitCode(code: ExitCode): void;
}
