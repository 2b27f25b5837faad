import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../recipes/recipe.js";

/** Every page of the repository: those at its top, and all of docs/. */
const PAGES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

interface Link {
  readonly text: string;
  readonly path: string;
  readonly anchor: string | undefined;
}

/** Text without its code, in which brackets are no links and lines with # no headings. */
function proseOf(page: string): string {
  return readFileSync(join(ROOT, page), "utf8")
    .replaceAll(/^ *```.*?^ *```$/gms, "")
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ""));
}

function linksOf(page: string): Link[] {
  return [...proseOf(page).matchAll(/\]\(([^()\s]+)\)/g)].map(([, text]) => {
    const [path, anchor] = text!.split("#");
    return { text: text!, path: path!, anchor };
  });
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): Set<string> {
  const headings = [...proseOf(page).matchAll(/^#{1,6} (.*)$/gm)].map(([, heading]) => heading!);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(/\s/g, "-"),
    ),
  );
}

describe.each(PAGES)("%s", (page) => {
  it("has only links that lead somewhere", () => {
    const dead = linksOf(page).filter(({ path, anchor }) => {
      if (/^[a-z]+:/.test(path)) return !/^(https|mailto):/.test(path);
      const target = path === "" ? join(ROOT, page) : resolve(ROOT, dirname(page), path);
      if (!existsSync(target) || relative(ROOT, target).startsWith("..")) return true;
      if (anchor === undefined) return false;
      return !statSync(target).isFile() || !anchorsOf(relative(ROOT, target)).has(anchor);
    });
    expect(dead.map(({ text }) => text)).toEqual([]);
  });
});

it("every page can be reached from the README", () => {
  const reached = new Set(["README.md"]);
  for (const page of reached) {
    for (const { path } of linksOf(page)) {
      const target = relative(ROOT, resolve(ROOT, dirname(page), path));
      if (path.endsWith(".md") && existsSync(join(ROOT, target))) reached.add(target);
    }
  }
  expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
});

it("the README has fewer than 150 lines", () => {
  expect(readFileSync(join(ROOT, "README.md"), "utf8").split("\n").length).toBeLessThan(150);
});
