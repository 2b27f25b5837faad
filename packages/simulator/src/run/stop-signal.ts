import type { RunCell } from "./run-cell.js";

/** How late those who listen for the abort may hear of it. Those who look at `aborted` see it at once. */
const POLL_MS = 20;

/** An abort signal in the thread that runs, and how to have done with it. */
export interface StopSignal {
  readonly signal: AbortSignal;
  close(): void;
}

/**
 * The signal that follows a cell's stop flag. A virtual world runs for minutes without a turn of the event loop, in which
 * no abort could arrive; so `aborted` looks at the flag itself.
 */
export function stopSignal(cell: RunCell): StopSignal {
  const controller = new AbortController();
  const { signal } = controller;
  Object.defineProperty(signal, "aborted", { get: () => cell.isStopped });
  const timer = setInterval(() => {
    if (!cell.isStopped) return;
    clearInterval(timer);
    controller.abort();
  }, POLL_MS);
  return { signal, close: () => clearInterval(timer) };
}
