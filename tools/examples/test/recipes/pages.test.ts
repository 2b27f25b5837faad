import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { blocksOf, RECIPES } from "./recipe.js";

const here = dirname(fileURLToPath(import.meta.url));
const tests = readdirSync(here)
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => readFileSync(join(here, name), "utf8"))
  .join("\n");
const pages = readdirSync(RECIPES)
  .filter((name) => name.endsWith(".md") && name !== "README.md")
  .map((name) => name.slice(0, -".md".length));

/** A schema of another program is shown, not run: nothing here could run it. */
const SHOWN_ONLY = ["prisma"];

describe.each(pages)("the recipe %s", (page) => {
  it("is opened by a test, which names every one of its files", () => {
    expect(tests).toContain(`openRecipe("${page}")`);
    const used = blocksOf(page).flatMap(({ file }) => (file === undefined || isImported(page, file) ? [] : [file]));
    for (const file of used) expect(tests).toContain(`"${file}"`);
  });

  it("has no code that is not run", () => {
    const unnamed = blocksOf(page).filter(({ file, language }) => file === undefined && !SHOWN_ONLY.includes(language));
    expect(unnamed).toEqual([]);
  });

  it("is in the list, and its list entries exist", () => {
    expect(readFileSync(join(RECIPES, "README.md"), "utf8")).toContain(`(${page}.md)`);
  });
});

it("the list names no page that is not there", () => {
  const list = readFileSync(join(RECIPES, "README.md"), "utf8");
  for (const [, file] of list.matchAll(/\]\(([\w-]+\.md)\)/g)) expect(existsSync(join(RECIPES, file!))).toBe(true);
});

/** Whether another file of the page is what runs it. */
function isImported(page: string, file: string): boolean {
  return blocksOf(page).some((other) => other.file !== file && other.text.includes(`./${file}`));
}
