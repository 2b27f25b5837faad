import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { wholeFile } from "../src/whole-file.js";

const directory = mkdtempSync(join(tmpdir(), "whole-file-"));
afterAll(() => rmSync(directory, { recursive: true }));
const path = (name: string): string => join(directory, name);
const failed = { code: "OUTPUT_FAILED" };

describe("a file that is written at once", () => {
  it("is not there before it is written, and nothing else is afterwards", () => {
    mkdirSync(path("new"));
    const file = wholeFile(path("new/file"));
    expect(readdirSync(path("new"))).toEqual([]);
    file.write("text");
    expect(readdirSync(path("new"))).toEqual(["file"]);
    expect(readFileSync(path("new/file"), "utf8")).toBe("text");
  });

  it("takes the place of one, with its permissions, and that of what a link points to", () => {
    writeFileSync(path("old"), "old");
    chmodSync(path("old"), 0o600);
    symlinkSync("old", path("link"));
    wholeFile(path("link")).write("new");
    expect(readFileSync(path("old"), "utf8")).toBe("new");
    expect(statSync(path("old")).mode & 0o777).toBe(0o600);
  });

  it("keeps what was there when it cannot be written whole", () => {
    mkdirSync(path("gone"));
    const file = wholeFile(path("gone/file"));
    rmSync(path("gone"), { recursive: true });
    expect(() => file.write("text")).toThrow(expect.objectContaining(failed));
    expect(() => wholeFile("/dev/full").write("text")).toThrow(expect.objectContaining(failed));
    expect(statSync("/dev/full").isCharacterDevice()).toBe(true);
  });

  it.each(["", "missing/file", "file/", "/dev/full/file"])(
    "is refused before the work where it cannot be: %j",
    (name) => {
      expect(() => wholeFile(name.startsWith("/") || name === "" ? name : path(name))).toThrow(
        expect.objectContaining(failed),
      );
      expect(() => wholeFile(directory)).toThrow(expect.objectContaining(failed));
    },
  );
});
