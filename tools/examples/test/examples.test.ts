import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const root = mkdtempSync(join(tmpdir(), "examples-"));
afterAll(() => rmSync(root, { recursive: true }));

function start(name: string, ...args: string[]): ChildProcess {
  const program = fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
  return spawn(process.execPath, [program, join(root, name), ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

async function run(name: string, ...args: string[]): Promise<string> {
  const child = start(name, ...args);
  const output: Buffer[] = [];
  child.stdout?.on("data", (data: Buffer) => output.push(data));
  child.stderr?.on("data", (data: Buffer) => output.push(data));
  const [code] = await once(child, "close");
  const text = Buffer.concat(output).toString();
  expect(code, text).toBe(0);
  return text;
}

describe("the example", () => {
  it("http-handler answers every request with another ID, as a string, and ends on SIGTERM", async () => {
    const child = start("http-handler");
    const closed = once(child, "close");
    const [address] = (await once(child.stdout!, "data")) as [Buffer];
    const url = address.toString().trim();
    const answers = await Promise.all(Array.from({ length: 20 }, async () => (await fetch(url)).json()));
    child.kill("SIGTERM");
    expect(await closed).toEqual([0, null]);
    const ids = answers.map((answer) => (answer as { id: unknown }).id);
    for (const id of ids) expect(id).toMatch(/^\d{18,19}$/);
    expect(new Set(ids).size).toBe(20);
  });

  it("own-worker-threads has as many different IDs as it issued", async () => {
    expect(await run("own-worker-threads")).toBe("20000 IDs from 2 threads, 20000 different\n");
  });

  it("batch-to-file writes a million ascending IDs, one a line", async () => {
    const file = join(root, "ids.txt");
    expect(await run("batch-to-file", file)).toMatch(/^1000000 IDs on [1-9]\d* shards\n$/);
    const lines = readFileSync(file, "latin1").split("\n");
    expect(lines.pop()).toBe("");
    expect(lines).toHaveLength(1_000_000);
    // Of the same length, text is in the order of the numbers.
    expect(
      lines.every((line, at) => at === 0 || (line.length === lines[at - 1]!.length && line > lines[at - 1]!)),
    ).toBe(true);
  });

  it("backfill-rows gives every row an ID of its time, in the order of the rows, and other ones the next time", async () => {
    const [first, second] = [await run("backfill-rows"), await run("backfill-rows")];
    const times = ["2023-04-01T09:30:00.000Z", "2023-04-01T09:30:00.000Z", "2024-11-20T17:05:42.123Z"];
    const idsOf = (output: string) =>
      output
        .trim()
        .split("\n")
        .map((line) => BigInt(line.split("  ")[0]!));
    for (const output of [first, second]) {
      expect(
        output
          .trim()
          .split("\n")
          .map((line) => line.split("  ")[1]),
      ).toEqual(times);
      const ids = idsOf(output);
      expect([...ids].sort((a, b) => (a < b ? -1 : 1))).toEqual(ids);
    }
    expect(new Set([...idsOf(first), ...idsOf(second)]).size).toBe(6);
  });

  it("id-range-query finds every ID of the period, and none in the hour before", async () => {
    const [query, found, before] = (await run("id-range-query")).split("\n");
    expect(query).toMatch(/^SELECT \* FROM orders WHERE id BETWEEN \d+ AND \d+ ORDER BY id;$/);
    expect(found).toBe("10000 of 10000 IDs of the period are in the range");
    expect(before).toBe("0 are in the hour before");
  });
});
