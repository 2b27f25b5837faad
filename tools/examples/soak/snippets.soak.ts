import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { RECIPES } from "../test/recipes/recipe.js";

/** How many lines are taken out of the pages, one at a time; all of them unless told otherwise. */
const LINES = Number(process.env.SHARDFLAKE_SOAK_ROUNDS ?? Number.POSITIVE_INFINITY);
const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
/** Every test of a page begins with the page's name. */
const TESTS = "test/recipes";

interface Line {
  readonly page: string;
  readonly at: number;
  readonly text: string;
}

/** Lines without which a page does the same where it is tested, and why they stand there. */
const FOR_OTHER_PLACES: readonly (readonly [page: string, text: string, why: string])[] = [
  ["cluster.md", "server.close();", "where a connection is open when the primary disconnects"],
  ["cluster.md", 'process.on("SIGTERM", () => {});', "where a signal goes to the whole group"],
  ["express.md", "if (error.retryAfterMs === undefined) return next(error);", "errors of other handlers"],
  ["kubernetes.md", "image: registry.example/shardflake", "there is no registry here"],
  ["moving-a-table.md", "await pool.close();", "with shards, a pool that is not closed keeps its process"],
];

const lines: readonly Line[] = readdirSync(RECIPES)
  .filter((page) => page.endsWith(".md") && page !== "README.md")
  .flatMap((page) => codeLines(linesOf(page)).map((at) => ({ page, at, text: linesOf(page)[at]!.trim() })))
  .filter(({ page, text }) => !FOR_OTHER_PLACES.some((row) => row[0] === page && row[1] === text));
const step = Math.max(1, lines.length / LINES);
const chosen = Array.from({ length: Math.min(lines.length, LINES) }, (_, i) => lines[Math.floor((i + 0.5) * step)]!);

describe.each([...new Set(chosen.map(({ page }) => page))])("the tests of docs/recipes/%s", (page) => {
  it("pass with the page as it is", async () => {
    expect(await exitCodeOfTests(page, linesOf(page))).toBe(0);
  });

  it.each(chosen.filter((line) => line.page === page))("fail without: $text", async ({ at }) => {
    expect(await exitCodeOfTests(page, linesOf(page).toSpliced(at, 1))).not.toBe(0);
  });
});

function linesOf(page: string): string[] {
  return readFileSync(join(RECIPES, page), "utf8").split("\n");
}

/** Indices of the lines inside code blocks with a name that do more than end a bracket. */
function codeLines(lines: readonly string[]): number[] {
  const found: number[] = [];
  let isInside = false;
  for (const [at, line] of lines.entries()) {
    if (/^ *```/.test(line)) isInside = !isInside && /^ *```\w+ \S/.test(line);
    else if (isInside && !/^\s*(\/\/|#|--|\/?\*|[\])};,`]*$)/.test(line)) found.push(at);
  }
  return found;
}

/** Runs the tests that open a page on a copy of all pages in which this one reads differently. */
async function exitCodeOfTests(page: string, text: readonly string[]): Promise<number | null> {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-snippets-"));
  try {
    cpSync(RECIPES, directory, { recursive: true });
    writeFileSync(join(directory, page), text.join("\n"));
    const name = page.slice(0, -".md".length);
    const child = spawn(
      "npx",
      [
        "vitest",
        "run",
        "--root",
        ".",
        "--bail",
        "1",
        "--testTimeout",
        "60000",
        "--testNamePattern",
        `${name}\\b`,
        TESTS,
      ],
      {
        cwd: PACKAGE,
        env: { ...process.env, SHARDFLAKE_RECIPES: directory },
        stdio: "ignore",
      },
    );
    const [code] = await once(child, "exit");
    return code as number | null;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
