import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const requireHere = createRequire(import.meta.url);

/** The built command and the outside reader, quoted for a shell. */
export const MAIN: string = join(dirname(requireHere.resolve("shardflake/package.json")), "bin/shardflake.js");
export const COMMAND: string = `"${process.execPath}" "${MAIN}"`;
export const READER: string = `"${process.execPath}" "${fileURLToPath(new URL("./reader.js", import.meta.url))}"`;

/** What bash's `time` says of a command and its children, in seconds. */
export interface Times {
  readonly wall: number;
  readonly cpu: number;
}

/** Where files are memory, if there is such a place. */
const MEMORY_DIRECTORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** A directory for one benchmark's state, and bash lines that run in it. */
export class Bench {
  readonly directory: string = mkdtempSync(join(tmpdir(), "shardflake-bench-"));
  /** A file that is memory, for output that a pipe is too slow for. */
  readonly memoryFile: string = join(MEMORY_DIRECTORY, `${basename(this.directory)}.out`);

  /** Runs a bash line and returns what it printed. @throws Error when it fails */
  run(line: string): string {
    const { status, stdout, stderr } = spawnSync("bash", ["-c", `set -o pipefail; ${line}`], {
      cwd: this.directory,
      env: { ...process.env, SHARDFLAKE_STATE_DIR: join(this.directory, "state") },
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    if (status !== 0) throw new Error(`${line}\nended with ${status}: ${stderr}`);
    return stdout;
  }

  /** Runs a bash line and measures it from outside. */
  time(line: string): Times {
    this.run(`TIMEFORMAT='%R %U %S'; { time ${line} 2> errors; } 2> times`);
    const [wall, user, system] = readFileSync(join(this.directory, "times"), "utf8").trim().split(/\s+/).map(Number);
    return { wall: wall!, cpu: user! + system! };
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
    rmSync(this.memoryFile, { force: true });
  }
}
