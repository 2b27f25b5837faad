import { type ChildProcess, spawn } from "node:child_process";

/** A server that a test started. */
export interface Daemon {
  readonly process: ChildProcess;
  /** Everything it has said so far. */
  output(): string;
  /** Ends it with a signal and waits until it is gone. */
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a program that goes on until it is stopped; it dies with this process. */
export function startDaemon(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Daemon {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = `${said}${text}`.slice(-20_000);
    });
  }
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const killWithParent = (): void => void child.kill("SIGKILL");
  process.once("exit", killWithParent);
  return {
    process: child,
    output: () => said,
    async stop(signal) {
      child.kill(signal);
      await ended;
      process.removeListener("exit", killWithParent);
    },
  };
}

/** Asks until the answer is yes; a server that takes longer than `withinMs` fails with what it said. */
export async function until(
  what: string,
  isSo: () => Promise<boolean>,
  withinMs: number,
  output: () => string = () => "",
): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    if (await isSo().catch(() => false)) return;
    if (performance.now() > deadline) throw new Error(`Expected ${what} within ${withinMs} ms, got: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
