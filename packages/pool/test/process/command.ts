import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The built command: the pool under test is the one that it imports. */
export const MAIN: string = fileURLToPath(new URL("../../../../tools/cli/bin/shardflake.js", import.meta.url));

/** A run of `shardflake generate` on machine ID 0/0 of a state directory, one shard. */
export interface GenerateRun {
  readonly process: ChildProcess;
  /** Wall time at which it was started. */
  readonly startedMs: number;
  /** Wall time of the first output; NaN before. */
  readonly firstOutputMs: number;
  /** Resolves when all output has been read: with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** What it said to people. */
  readonly stderr: string;
  /** Resolves once the condition holds, which is looked at after every piece of output; rejects when the run ends before. */
  until(condition: () => boolean): Promise<void>;
}

/** Starts it. `count`: as the command takes it. */
export function startGenerate(
  { directory, windowMs, count }: { readonly directory: string; readonly windowMs: number; readonly count: string },
  receive: (chunk: Uint8Array) => void,
): GenerateRun {
  const child = spawn(
    process.execPath,
    [MAIN, "generate", count, "--datacenter", "0", "--machines", "0", "--shards", "1"].concat([
      "--window",
      `${windowMs}ms`,
      "--store",
      `embedded:${directory}`,
      "--quiet",
    ]),
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const startedMs = Date.now();
  let firstOutputMs = Number.NaN;
  let stderr = "";
  const waiting = new Set<() => void>();
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdout.on("data", (chunk: Buffer) => {
    if (Number.isNaN(firstOutputMs)) firstOutputMs = Date.now();
    receive(chunk);
    for (const look of waiting) look();
  });
  const ended = once(child, "close").then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return {
    process: child,
    startedMs,
    get firstOutputMs() {
      return firstOutputMs;
    },
    ended,
    get stderr() {
      return stderr;
    },
    async until(condition) {
      if (condition()) return;
      const held = new Promise<void>((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
      const early = ended.then((how) => {
        throw new Error(`the command ended (${how}) before what was waited for: ${stderr}`);
      });
      early.catch(() => {});
      await Promise.race([held, early]);
    },
  };
}
