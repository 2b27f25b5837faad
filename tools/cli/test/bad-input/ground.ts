import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where command lines are run. */
export interface Ground {
  /**
   * A directory of one's own: everything a row may read, beside a state directory in which 0/0 is held and 0/1 was left by a
   * process that died.
   */
  newDirectory(): string;
  clear(): void;
}

/** What is in the files that a refused command must not touch. */
export const KEPT = "precious\n";

/** Holds machine ID 0/0 from another process, or leaves 0/1 spent up to an hour from now. */
const holderOf = (machineId: number): string => `
  import { createPool } from "@shardflake/pool";
  const pool = await createPool({ shards: 0, datacenterId: 0, machineIds: [${machineId}], windowMs: 3_600_000 });
  await pool.claim();
  process.stdout.write("held");
  setInterval(() => {}, 1000);
`;

const INSTANT = { atMs: 100, forMs: 0, on: "one" };
const scenario = (...faults: object[]): string =>
  JSON.stringify({ format: 1, seed: 1, durationMs: 1000, shards: 1, faults });
const STEP = { kind: "step", ...INSTANT };

export async function startGround(): Promise<Ground> {
  const root = mkdtempSync(join(tmpdir(), "bad-input-"));
  const template = join(root, "template");
  mkdirSync(template);
  const spender = await startHolder(1, template);
  const died = once(spender, "exit");
  spender.kill("SIGKILL");
  await died;
  const holder = await startHolder(0, template);
  return {
    newDirectory() {
      const directory = mkdtempSync(join(root, "row-"));
      cpSync(template, join(directory, "state"), { recursive: true });
      for (const [name, content] of Object.entries(files())) writeFileSync(join(directory, name), content);
      symlinkSync("kept", join(directory, "link-to-kept"));
      return directory;
    },
    clear() {
      holder.kill("SIGKILL");
      rmSync(root, { recursive: true });
    },
  };
}

async function startHolder(machineId: number, directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", holderOf(machineId)], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { ...process.env, SHARDFLAKE_STATE_DIR: directory },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  return child;
}

function files(): Readonly<Record<string, string>> {
  return {
    file: "",
    "ids.csv": "id\n5\n",
    times: "2024-01-01\n",
    "bad-times": "2024-01-01\n2024-02-30\n",
    "early-times": "2024-01-01\n1990-01-01\n",
    "late-times": `2024-01-01\n${Date.now() + 86_400_000}\n`,
    "scenario.json": scenario({ kind: "pause", ...INSTANT, forMs: 5 }),
    "clone.json": scenario({ kind: "clone", ...INSTANT, forMs: 5, rewindMs: 5 }),
    "bad-scenario.json": scenario({ ...STEP, byMs: 1 }, { ...STEP, byMs: "much" }),
    kept: KEPT,
    "kept-stats": KEPT,
  };
}
