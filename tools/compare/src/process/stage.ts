import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Child, startChild } from "./child.js";
import type { RoleSpec } from "./messages.js";

/** Where a comparison happens: a directory, and the processes it started. Both are gone when it is closed. */
export interface Stage {
  readonly directory: string;
  readonly signal: AbortSignal;
  /** @throws ShardflakeError `PROCESS_FAILED`, `PROCESS_ENDED`; the signal's reason */
  start(role: RoleSpec): Promise<Child>;
  /** A part of it, with a directory of its own, that can be closed before the rest. */
  scene(): Stage;
  /** Kills what it started and still runs, and removes its directory. */
  close(): Promise<void>;
}

/** A stage that also clears itself away when this process exits without closing it. */
export function openStage(signal: AbortSignal): Stage {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-compare-"));
  const running = new Set<ChildProcess>();
  const clear = (): void => {
    for (const child of running) child.kill("SIGKILL");
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", clear);
  return sceneOn({ directory, signal, running }, () => process.removeListener("exit", clear));
}

interface Ground {
  readonly directory: string;
  readonly signal: AbortSignal;
  /** All processes of the stage. */
  readonly running: Set<ChildProcess>;
}

function sceneOn(ground: Ground, afterClose: () => void): Stage {
  const { directory, signal, running } = ground;
  const own = new Set<ChildProcess>();
  return {
    directory,
    signal,
    scene: () => sceneOn({ ...ground, directory: mkdtempSync(join(directory, "scene-")) }, () => {}),
    async start(role) {
      signal.throwIfAborted();
      const { process: child, opened } = startChild(role);
      for (const group of [running, own]) {
        group.add(child);
        child.once("close", () => group.delete(child));
      }
      // Whoever is stopped while it starts is told why.
      const kill = (): void => void child.kill("SIGKILL");
      signal.addEventListener("abort", kill, { once: true });
      try {
        return await opened;
      } catch (error) {
        throw signal.aborted ? signal.reason : error;
      } finally {
        signal.removeEventListener("abort", kill);
      }
    },
    async close() {
      await Promise.all([...own].map((child) => ended(child)));
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
      afterClose();
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await closed;
}
