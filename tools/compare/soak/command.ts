import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Comparison } from "../src/comparison.js";

const MAIN = fileURLToPath(new URL("../../cli/dist/main.js", import.meta.url));

/** The real command, with a directory of its own for temporary files. */
export interface Command {
  readonly process: ChildProcess;
  /** Processes that it started and that still run. */
  children(): readonly number[];
  /** Temporary files that are there. */
  files(): readonly string[];
  /** Waits for its end. */
  ended(): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  remove(): void;
}

export function startCompare(args: readonly string[]): Command {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-compare-soak-"));
  const child = spawn(process.execPath, [MAIN, "compare", ...args], { env: { ...process.env, TMPDIR: directory } });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => {
    stdout += text;
  });
  child.stderr.on("data", (text: Buffer) => {
    stderr += text;
  });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    process: child,
    // Whoever lost its parent still has the directory in its environment.
    children: () => processesWith(directory).filter((pid) => pid !== child.pid),
    files: () => readdirSync(directory),
    ended: async () => ({ code: await closed, stdout, stderr }),
    remove() {
      child.kill("SIGKILL");
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function processesWith(directory: string): number[] {
  const found = execFileSync("sh", [
    "-c",
    'grep -l -a -F "TMPDIR=$1" /proc/[0-9]*/environ 2>/dev/null || true',
    "sh",
    directory,
  ]);
  const pids = String(found)
    .split("\n")
    .flatMap((line) => /^\/proc\/(\d+)\//.exec(line)?.[1] ?? []);
  // The shell and grep look for themselves, too, and are gone by now.
  return pids.map(Number).filter((pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  });
}

export function comparisonOf(stdout: string): Comparison {
  return JSON.parse(stdout) as Comparison;
}
