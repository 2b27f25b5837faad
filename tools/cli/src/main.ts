import { ExitCode, errorLine, exitCodeOf } from "./exit.js";
import { outputError } from "./output.js";
import { createProgram } from "./program.js";
import { listenForSignals, SignalError } from "./signals.js";

let exitCode: number = ExitCode.ok;
let isReported = false;

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
// Results report their own failures; this is for help and the version, which commander writes without looking back.
process.stdout.on("error", (error) => {
  if (!isReported) report(outputError("stdout", error));
});
process.stderr.on("error", () => {});

const { signal, endWell } = listenForSignals();
try {
  const program = createProgram({
    signal,
    endWell,
    setExitCode: (code) => {
      exitCode = code;
    },
  });
  await program.parseAsync();
} catch (error) {
  if (!isOfAbort(error)) report(error);
}
if (signal.aborted && signal.reason instanceof SignalError) exitCode = signal.reason.exitCode;

// Whatever still waits for the event loop, an idle stdin for instance, must not keep a finished command alive.
if (process.stdout.writableLength === 0) exit();
else process.stdout.write("", exit);

/** The failure of a write is reported after its callback, but before the next turn of the loop. */
function exit(): void {
  setImmediate(() => process.exit(exitCode));
}

function report(error: unknown): void {
  const line = errorLine(error);
  isReported = line !== undefined;
  exitCode = exitCodeOf(error);
  process.stderr.write(line ?? "");
}

function isOfAbort(error: unknown): boolean {
  return signal.aborted && (error === signal.reason || (error instanceof Error && error.name === "AbortError"));
}

function fail(error: unknown): never {
  process.stderr.write(errorLine(error) ?? "");
  process.exit(ExitCode.failure);
}
