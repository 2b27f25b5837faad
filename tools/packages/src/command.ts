import { spawnSync } from "node:child_process";
import type { Finding } from "./finding.js";

/** What a program printed. @throws Error with its output, where it did not end with 0. */
export function outputOf(file: string, args: readonly string[], directory: string): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd: directory,
    encoding: "utf8",
    timeout: 180_000,
    env: { ...process.env, SHARDFLAKE_STATE_DIR: `${directory}/state`, npm_config_workspaces: undefined },
  });
  if (status === 0) return stdout;
  throw new Error(`Expected ${file} ${args.join(" ")} to end with 0, got ${status ?? error}:\n${stdout}${stderr}`);
}

/** Whether something runs to its end; what it answers is the figure. */
export function runs(what: string, run: () => string): Finding {
  try {
    return { what, figure: run().trim(), verdict: "held" };
  } catch (error) {
    return { what, figure: error instanceof Error ? error.message : String(error), verdict: "broken" };
  }
}
