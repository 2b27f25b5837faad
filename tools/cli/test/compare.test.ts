import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { finished, startCommand } from "./run-command.js";

const directory = mkdtempSync(join(tmpdir(), "shardflake-compare-test-"));
afterAll(() => rmSync(directory, { recursive: true }));

describe("shardflake compare", () => {
  it("stops at a signal and leaves no file behind", async () => {
    const child = startCommand(["compare", "--quiet"], { TMPDIR: directory });
    await expect.poll(() => readdirSync(directory), { timeout: 20_000 }).toHaveLength(1);
    child.kill("SIGINT");
    expect(await finished(child)).toEqual({ code: 130, stdout: "", stderr: "" });
    expect(readdirSync(directory)).toEqual([]);
  });

  it("says which server could not be reached, without its password", async () => {
    const database = "postgres:postgres://somebody:secret@127.0.0.1:1/db";
    const child = startCommand(["compare", "--quiet", "--database", database], { TMPDIR: directory });
    const { code, stdout, stderr } = await finished(child);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/ECONNREFUSED 127\.0\.0\.1:1 \[PROCESS_FAILED\]/);
    expect(stderr).not.toContain("secret");
    expect(existsSync(directory) && readdirSync(directory)).toEqual([]);
  });
});
