import { existsSync, realpathSync } from "node:fs";
import { basename, delimiter, join } from "node:path";

/** The process as it was started. */
export interface Invocation {
  readonly execPath: string;
  /** The program's own path. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The command line that a shell, where this command was run, takes as it is. */
export function replayLine(invocation: Invocation, args: readonly string[]): string {
  return [...wordsOf(invocation), "simulate", ...args].map(quoted).join(" ");
}

/** The shortest way to start the same program again. */
function wordsOf({ execPath, program, env }: Invocation): readonly string[] {
  const name = "shardflake";
  if (env.npm_command === "exec") return ["npx", name];
  const isOnPath = (env.PATH ?? "").split(delimiter).some((directory) => isSameFile(join(directory, name), program));
  return isOnPath && basename(program).startsWith(name) ? [name] : [execPath, program];
}

function isSameFile(a: string, b: string): boolean {
  return existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b);
}

/** A word for a POSIX shell (2.2.2 Single-Quotes), plain where it can be. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
