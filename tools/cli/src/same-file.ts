import { fstatSync, type Stats, statSync } from "node:fs";
import { resolve } from "node:path";
import { InputError } from "./input-error.js";

/** A file by its path, or one that is open by its descriptor. */
type FileName = string | number;

/**
 * Refuses one file for two results: the one that is written last would take the place of the other. Devices and pipes
 * take both.
 *
 * @throws InputError `USAGE`
 */
export function checkAreTwoFiles(names: string, one: FileName, other: FileName): void {
  if (!isSameFile(one, other)) return;
  const path = typeof one === "string" ? one : other;
  throw new InputError("USAGE", `Expected two files for ${names}, got ${path} for both. Give each one of its own.`);
}

function isSameFile(one: FileName, other: FileName): boolean {
  const [a, b] = [statOf(one), statOf(other)];
  if (a === undefined || b === undefined) return a === b && resolve(`${one}`) === resolve(`${other}`);
  return a.isFile() && a.dev === b.dev && a.ino === b.ino;
}

function statOf(name: FileName): Stats | undefined {
  return typeof name === "number" ? fstatSync(name) : statSync(name, { throwIfNoEntry: false });
}
