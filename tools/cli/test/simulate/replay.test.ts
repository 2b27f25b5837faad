import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type Invocation, replayLine } from "../../src/actions/simulate/replay.js";

const directory = mkdtempSync(join(tmpdir(), "replay-test-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** A program that ends each of its arguments with a zero byte. */
const invocation: Invocation = { execPath: "printf", program: "%s\\0", env: {} };

describe("the replay command", () => {
  it("is one line that a shell takes as it is, whatever the arguments are", () => {
    const word = fc.string({ unit: fc.constantFrom(..."ab'\"\\ $`!*?;&|<>(){}[]~#=%-\t".split(""), "é", "😀") });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (args) => {
        const line = replayLine(invocation, args);
        expect(line).not.toContain("\n");
        const { stdout } = spawnSync("/bin/sh", ["-c", line], { encoding: "utf8" });
        expect(stdout.split("\0")).toEqual(["simulate", ...args, ""]);
      }),
      { numRuns: 100 },
    );
  });

  it("is short where the command has a name", () => {
    const bin = join(directory, "shardflake");
    writeFileSync(bin, "");
    const named = { execPath: process.execPath, program: bin };
    expect(replayLine({ ...named, env: { PATH: `/bin:${directory}` } }, ["a.json"])).toBe("shardflake simulate a.json");
    expect(replayLine({ ...named, env: { npm_command: "exec" } }, ["a b"])).toBe("npx shardflake simulate 'a b'");
    expect(replayLine({ ...named, env: { PATH: "/bin" } }, [])).toBe(`${process.execPath} ${bin} simulate`);
  });
});
