/**
 * `npm run bench` runs every suite, `npm run bench -- NAME …` those named. Measures the built packages, prints what came
 * out, and writes it to the history and to docs/benchmarks.md; with `--trial` it only prints.
 * Exits 0 when every bound held, 1 when one was missed, 2 for an unknown name, 3 when a suite failed.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { documentOf } from "./report/document.js";
import { appendHistory, readHistory } from "./report/history.js";
import { describeMachine, peerVersions } from "./report/machine.js";
import { type Outcome, verdictOf } from "./suite.js";
import { SUITES } from "./suites.js";

const PROCESS = fileURLToPath(new URL("./suite-process.js", import.meta.url));
const DOCUMENT = new URL("../../../docs/benchmarks.md", import.meta.url);

const { values, positionals } = parseArgs({
  options: { trial: { type: "boolean", default: false } },
  allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(SUITES);
const unknown = names.find((name) => !Object.hasOwn(SUITES, name));
if (unknown !== undefined) {
  process.stderr.write(`bench: expected one of ${Object.keys(SUITES).join(", ")}, got "${unknown}"\n`);
  process.exit(2);
}
const machine = describeMachine();
process.stdout.write(`${machine}\n`);
let exitCode = 0;
for (const suite of names) {
  process.stdout.write(`\n${suite}\n`);
  const startMs = performance.now();
  try {
    const outcome = await run(suite);
    print(outcome);
    if (outcome.measurements.some(({ holds }) => !holds)) exitCode = Math.max(exitCode, 1);
    // After every suite, so that one that fails or hangs costs no other its figures.
    if (!values.trial) record(suite, outcome);
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    exitCode = 3;
  }
  process.stdout.write(`  (${((performance.now() - startMs) / 1000).toFixed(0)} s)\n`);
}
process.exitCode = exitCode;

function record(suite: string, outcome: Outcome): void {
  appendHistory({ suite, date: new Date().toISOString(), machine, outcome });
  writeFileSync(DOCUMENT, documentOf(readHistory(), { suites: Object.keys(SUITES), versions: peerVersions() }));
}

async function run(suite: string): Promise<Outcome> {
  const child = fork(PROCESS, [suite]);
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`Expected the suite ${suite} to end well, got exit ${code}.`);
  });
  const [outcome] = await Promise.race([once(child, "message"), failed]);
  return outcome as Outcome;
}

function print({ measurements, tables }: Outcome): void {
  for (const measurement of measurements) {
    const { what, figure, bound } = measurement;
    const verdict = verdictOf(measurement).padEnd(6);
    process.stdout.write(`  ${verdict}  ${what.padEnd(46)} ${figure.padEnd(44)} bound: ${bound}\n`);
  }
  for (const { title, head, rows } of tables) {
    process.stdout.write(`\n  ${title}\n`);
    const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]!.length)));
    for (const row of [head, ...rows]) {
      process.stdout.write(`    ${row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")}\n`);
    }
  }
}
