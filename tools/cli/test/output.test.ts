import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runShell } from "./run-command.js";

const directory = mkdtempSync(join(tmpdir(), "output-"));
afterAll(() => rmSync(directory, { recursive: true }));

describe("output", () => {
  const many = join(directory, "many.txt");
  writeFileSync(many, Array.from({ length: 50_000 }, (_, id) => `${id + 4_194_304}\n`).join(""));

  it("ends quietly when its reader has gone", async () => {
    const result = await runShell(`{ $SHARDFLAKE decode --json <${many}; echo "exit $?" >&2; } | head -n 1`);
    expect(result.stdout).toMatch(/^\{"id":"4194304",.*\}\n$/);
    expect(result.stderr).toBe("exit 0\n");
  });

  it("is whole when its reader is slow", async () => {
    const result = await runShell(`$SHARDFLAKE decode --json <${many} | { read first; cat; } | wc -l`);
    expect(Number(result.stdout)).toBe(49_999);
  });

  it.each(["decode 1", "bounds --from 2026-01-01 --to 2026-02-01", "verify --json </dev/null", "--help"])(
    "on a full disk exits with 3: %s",
    async (command) => {
      const result = await runShell(`$SHARDFLAKE ${command} >/dev/full`);
      expect(result.stderr).toMatch(/^shardflake: .*ENOSPC.*\[OUTPUT_FAILED\]\n$/);
      expect(result.code).toBe(3);
    },
  );

  it("that cannot be explained is still no success: stdout and stderr are gone", async () => {
    expect((await runShell("$SHARDFLAKE decode 1 >/dev/full 2>/dev/full")).code).toBe(3);
    expect((await runShell("$SHARDFLAKE decode x 2>/dev/full")).code).toBe(2);
  });

  it("into a named pipe waits for its reader, and for a signal, whether nobody reads or somebody who has stopped", async () => {
    const [read, unread, stuck] = ["read", "unread", "stuck"].map((name) => join(directory, name));
    await runShell(`mkfifo ${read} ${unread} ${stuck}`);
    const into = (pipe?: string) => `$SHARDFLAKE generate 200000 --store memory --unsafe-memory --quiet --out ${pipe}`;
    const interrupted = (pipe?: string) => `timeout --preserve-status --signal INT --kill-after 20 1 ${into(pipe)}`;
    const results = await Promise.all([
      runShell(`${into(read)} & sleep 0.3; wc -l <${read}; wait $!; echo "exit $?"`),
      runShell(interrupted(unread)),
      runShell(`exec 3<>${stuck}; ${interrupted(stuck)}`),
    ]);
    expect(results[0].stdout.split(/\s+/).filter(Boolean)).toEqual(["200000", "exit", "0"]);
    expect(results.slice(1).map(({ code }) => code)).toEqual([130, 130]);
  });

  it("is not erased by statistics that go into the same file", async () => {
    const both = join(directory, "both");
    const result = await runShell(`$SHARDFLAKE generate 5 --store memory --unsafe-memory --stats /dev/stdout >${both}`);
    expect(result.stderr).toMatch(/^shardflake: Expected two files .* \[USAGE\]\n$/);
    expect(result.code).toBe(2);
    expect(readFileSync(both, "utf8")).toBe("");
  });
});
