import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const MAIN: string = fileURLToPath(new URL("../bin/shardflake.js", import.meta.url));

/** How a process ended, and what it wrote. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command; stdin is a pipe. */
export function startCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...env } });
}

/** Waits until a process has ended. */
export async function finished(child: ChildProcess): Promise<CommandResult> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}

/** Runs the built command to its end. */
export async function runCommand(
  args: readonly string[],
  stdin: string | Uint8Array = "",
  env: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  const child = startCommand(args, env);
  // A command that fails before it reads leaves a broken pipe behind.
  child.stdin?.on("error", () => {});
  child.stdin?.end(stdin);
  return await finished(child);
}

/** Runs a shell line in which `$SHARDFLAKE` is the command. */
export async function runShell(line: string): Promise<CommandResult> {
  const child = spawn("/bin/sh", ["-c", line], {
    env: { ...process.env, SHARDFLAKE: `${process.execPath} ${MAIN}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return await finished(child);
}
