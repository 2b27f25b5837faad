#!/usr/bin/env node
import { ExitCode, errorLine, exitCodeOf } from "./exit.js";
import { createProgram } from "./program.js";
import { listenForSignals, SignalError } from "./signals.js";

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

const signal = listenForSignals();
let exitCode: number = ExitCode.ok;

try {
  const program = createProgram({
    signal,
    setExitCode: (code) => {
      exitCode = code;
    },
  });
  await program.parseAsync();
} catch (error) {
  exitCode = exitCodeOf(error);
  if (!signal.aborted) process.stderr.write(errorLine(error) ?? "");
}
if (signal.aborted && signal.reason instanceof SignalError) exitCode = signal.reason.exitCode;

// Whatever still waits for the event loop, an idle stdin for instance, must not keep a finished command alive.
process.stdout.write("", () => process.exit(exitCode));

function fail(error: unknown): never {
  process.stderr.write(errorLine(error) ?? "");
  process.exit(exitCodeOf(error) === ExitCode.ok ? ExitCode.ok : ExitCode.failure);
}
