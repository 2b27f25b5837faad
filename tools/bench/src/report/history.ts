import { appendFileSync, readFileSync } from "node:fs";
import type { Outcome } from "../suite.js";

/** One suite, run once. */
export interface Entry {
  readonly suite: string;
  /** ISO 8601. */
  readonly date: string;
  readonly machine: string;
  readonly outcome: Outcome;
}

/** One JSON object a line, oldest first. */
const FILE = new URL("../../history.jsonl", import.meta.url);

export function readHistory(): Entry[] {
  const lines = readFileSync(FILE, { encoding: "utf8", flag: "a+" }).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Entry);
}

export function appendHistory(entry: Entry): void {
  appendFileSync(FILE, `${JSON.stringify(entry)}\n`);
}
