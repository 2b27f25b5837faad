import type { InvariantName } from "@shardflake/simulator";
import { type Result, total } from "./result.js";
import type { Row } from "./run-row.js";
import type { NamedScenario } from "./scenarios.js";

/** Letters of the second table, in the order in which they are written. */
const LETTERS: readonly (readonly [letter: string, meaning: string, is: (result: Result) => boolean])[] = [
  ["D", "duplicates", ({ duplicates }) => duplicates > 0],
  ["O", "an ID that is not larger than an earlier one", (result) => result.outOfOrder + result.outOfOrderAcross > 0],
  ["T", "calls that threw", ({ throws }) => throws > 0],
  ["H", "a process that did not answer any more", ({ hangs }) => hangs > 0],
  ["S", "a call that took longer than a second, or too few answers", breaks("available")],
  ["L", "the sign bit, a 65th bit, or sections of somebody else", breaks("layout")],
  ["C", "more IDs in a tick than the sequence can tell apart", breaks("capacity")],
  ["F", "a time that is further from the truth than the clock was", breaks("fidelity")],
];

function breaks(name: InvariantName): (result: Result) => boolean {
  return ({ broken }) => broken.includes(name);
}

/** The rows as two tables: sums for each subject, and what broke in which scenario. */
export function markdown(rows: readonly Row[], scenarios: readonly NamedScenario[]): string {
  return [
    "| subject | IDs | duplicates | out of order | across machine IDs | throws | hangs | verdict |",
    "|---|--:|--:|--:|--:|--:|--:|---|",
    ...rows.map(sums),
    "",
    `| subject | ${scenarios.map((_, at) => at + 1).join(" | ")} |`,
    `|---|${scenarios.map(() => "---|").join("")}`,
    ...rows.map(({ subject, results }) => `| ${subject} | ${results.map(letters).join(" | ")} |`),
    "",
    "Scenarios:",
    "",
    ...scenarios.map(({ name, what }, at) => `${at + 1}. **${name}**: ${what}`),
    "",
    "Letters:",
    "",
    ...LETTERS.map(([letter, meaning]) => `- **${letter}**: ${meaning}`),
    "- **?**: not decided",
    "- **·**: nothing of all that",
    "",
  ].join("\n");
}

function sums({ subject, results }: Row): string {
  const { verdict, issued, duplicates, outOfOrder, outOfOrderAcross, throws, hangs } = total(results);
  const figures = [issued, duplicates, outOfOrder, outOfOrderAcross, throws, hangs].map((figure) =>
    figure.toLocaleString("en"),
  );
  return `| ${subject} | ${figures.join(" | ")} | ${verdict} |`;
}

function letters(result: Result): string {
  const text = LETTERS.filter(([, , is]) => is(result)).map(([letter]) => letter);
  if (text.length > 0) return text.join(" ");
  return result.verdict === "pass" ? "·" : "?";
}
