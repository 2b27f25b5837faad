import type { Outcome } from "@shardflake/simulator";
import Table from "cli-table3";

/** Eleven rows are easier to read without a line between any two. */
const NO_LINES = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

/** The outcome for people. */
export function outcomeTable(outcome: Outcome, replay: string): string {
  const { verdict, issued, refused, stallMs, kRadius, largestInversionMs, traceHash, scenario } = outcome;
  const table = new Table({
    head: ["invariant", "verdict", "figure", "bound"],
    style: { head: [], border: [] },
    chars: NO_LINES,
  });
  for (const { name, verdict, figure, bound } of outcome.invariants) table.push([name, verdict, figure, bound]);
  const { shards, durationMs, seed, faults } = scenario;
  const rows: [string, string][] = [
    ["verdict", verdict],
    ["scenario", `${shards} shards, ${number(durationMs / 1000)} s, seed ${seed}, ${faults.length} faults`],
    ["issued", number(issued)],
    ["refused", number(refused)],
    ["stalls", `p50 ${number(stallMs.p50)} ms, p99 ${number(stallMs.p99)} ms, max ${number(stallMs.max)} ms`],
    ["k-sorted radius", number(kRadius)],
    ["largest inversion", `${number(largestInversionMs)} ms`],
    ...(traceHash === null ? [] : [["trace hash", traceHash] as [string, string]]),
    ["coverage", coverageText(outcome.coverage)],
    ["replay", replay],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join("");
  return `${table.toString()}\n${violationLines(outcome)}${lines}`;
}

/** The first violation of every invariant; the others are in the document and on the page. */
function violationLines({ violations }: Outcome): string {
  const first = new Map(violations.toReversed().map((violation) => [violation.invariant, violation]));
  return [...first.values()]
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ invariant, shard, atMs, detail }) => {
      return `${invariant} broken at ${number(atMs)} ms on shard ${shard}: ${detail}\n`;
    })
    .join("");
}

function coverageText(coverage: Outcome["coverage"]): string {
  const parts = Object.entries(coverage).map(([name, hits]) => `${name} ${number(hits)}`);
  return parts.length === 0 ? "-" : parts.join(", ");
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
