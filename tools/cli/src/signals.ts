/** Signals that end a command, with the exit codes a shell gives to a process that died of them. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

type EndingSignal = keyof typeof EXIT_CODES;

/** How long a command may take to flush and to release what it holds. */
const CLEANUP_MS = 2000;

/** Signals closer together than this are one: launchers like npx and timeout pass on what the terminal sent already. */
const SAME_MS = 50;

/** The reason of the abort: a signal arrived. */
export class SignalError extends Error {
  readonly exitCode: number;

  constructor(signal: EndingSignal, exitCode: number) {
    super(`stopped by ${signal}`);
    this.name = "SignalError";
    this.exitCode = exitCode;
  }
}

/** What signals do to the running command. */
export interface Signals {
  /** Aborted by the first signal, with a {@link SignalError}. */
  readonly signal: AbortSignal;
  /** From now on a signal is the command's ordinary end: exit code 0, and this long for its last work. */
  endWell(cleanupMs: number): void;
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP. The first one aborts the returned signal with a {@link SignalError} and leaves
 * 2 s for cleaning up unless told otherwise; a second one ends the process at once.
 */
export function listenForSignals(exit: (code: number) => never = process.exit): Signals {
  const controller = new AbortController();
  let firstMs = 0;
  let cleanupMs = CLEANUP_MS;
  let endsWell = false;
  for (const signal of Object.keys(EXIT_CODES) as EndingSignal[]) {
    process.on(signal, () => {
      const error = new SignalError(signal, endsWell ? 0 : EXIT_CODES[signal]);
      const nowMs = performance.now();
      if (controller.signal.aborted) {
        if (nowMs - firstMs > SAME_MS) exit(EXIT_CODES[signal]);
        return;
      }
      firstMs = nowMs;
      setTimeout(() => exit(EXIT_CODES[signal]), cleanupMs).unref();
      controller.abort(error);
    });
  }
  return {
    signal: controller.signal,
    endWell(ms) {
      endsWell = true;
      cleanupMs = ms;
    },
  };
}
