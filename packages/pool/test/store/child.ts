import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** What a child program may import: the built packages. */
export const BUILT = {
  core: import.meta.resolve("@shardflake/core"),
  pool: new URL("../../dist/", import.meta.url).href,
};

/** A Node process that runs a program and talks in lines of JSON. */
export interface Child {
  readonly process: ChildProcess;
  /** The next message; rejects when the child has ended without one. */
  next(): Promise<unknown>;
  say(line: string): void;
  /** Exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
}

export function startChild(program: string, ...args: string[]): Child {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<number | string>((resolve) =>
    child.on("close", (code, signal) => resolve(code ?? signal!)),
  );
  return {
    process: child,
    ended,
    say: (line) => child.stdin.write(`${line}\n`),
    async next() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`child ended with ${await ended}`);
      return JSON.parse(value);
    },
  };
}
