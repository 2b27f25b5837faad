import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { finished, runShell, startCommand } from "./run-command.js";

const directory = mkdtempSync(join(tmpdir(), "signals-"));
afterAll(() => rmSync(directory, { recursive: true }));

describe("signals", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s ends a command that waits for its input with %i", async (signal, code) => {
    const child = startCommand(["decode", "--json"]);
    const end = finished(child);
    child.stdin?.write("4194304\n");
    // The first line shows that the command is up and waits for the next one.
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    child.kill(signal);
    expect(await end).toMatchObject({ code, stderr: "" });
  });

  it("end a command that waits for a named pipe nobody writes to", async () => {
    const pipe = join(directory, "pipe");
    await runShell(`mkfifo ${pipe}`);
    // The two-second limit would hide a read that cannot be interrupted, so the time counts.
    const result = await runShell(`timeout --preserve-status --signal TERM 0.5 $SHARDFLAKE verify ${pipe}`);
    expect(result).toEqual({ code: 143, stdout: "", stderr: "" });
  }, 2000);

  it("leave a named pipe that is written to alone", async () => {
    const pipe = join(directory, "ids");
    const result = await runShell(`mkfifo ${pipe}; { echo 7; echo 8; } >${pipe} & $SHARDFLAKE verify --json ${pipe}`);
    expect(result.stdout).toMatch(/"count":2,/);
  });
});
