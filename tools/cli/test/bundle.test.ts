import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const BIN = fileURLToPath(new URL("../bin/shardflake.js", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "shardflake-bundle-"));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(...args: string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const env = { ...process.env, SHARDFLAKE_STATE_DIR: directory };
  return spawnSync(process.execPath, [BIN, ...args], { env, encoding: "utf8" });
}

describe("the bundled commands", () => {
  it.each([
    ["in its own thread, with its store", ["generate", "3"]],
    ["in threads, with a keeper", ["generate", "3", "--shards", "2"]],
    ["with another store", ["generate", "3", "--shards", "1", "--store", "memory", "--unsafe-memory"]],
  ])("issues IDs %s", (_, args) => {
    const { status, stdout } = run(...args, "--quiet");
    const ids = stdout.trim().split("\n").map(BigInt);
    expect([status, ids.length, new Set(ids).size]).toEqual([0, 3, 3]);
  });

  it("knows the errors of every part for what they are", () => {
    expect(run("generate", "many")).toMatchObject({ status: 2, stdout: "" });
    expect(run("generate", "1", "--layout", '{"timestampBits":64}')).toMatchObject({ status: 2, stdout: "" });
    expect(run("generate", "1", "--store", "embedded:/proc/nowhere")).toMatchObject({ status: 3, stdout: "" });
  });

  it("leaves the commands with many parts to the modules as they are", () => {
    expect(run("plan", "--rate", "1/s", "--json")).toMatchObject({ status: 0 });
    expect(run("--version")).toMatchObject({ status: 0, stderr: "" });
  });
});
