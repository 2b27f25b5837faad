import { type Measurement, type Table, verdictOf } from "../suite.js";
import type { Entry } from "./history.js";

/** What the document says beside the suites. */
export interface Surroundings {
  /** In the order in which they are to be shown. */
  readonly suites: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}

/** docs/benchmarks.md: the latest run of every suite. */
export function documentOf(history: readonly Entry[], { suites, versions }: Surroundings): string {
  const latest = suites.flatMap((suite) => history.findLast((entry) => entry.suite === suite) ?? []);
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    "# Benchmarks",
    "Written by `npm run bench` (all suites) and `npm run bench -- NAME …` (those suites, the rest as it was); figures of every " +
      "such run are in `tools/bench/history.jsonl`, and `-- --trial NAME …` only prints. Measures what `npm run build` made, each suite in a process of its own. " +
      "What is compared is measured in turns within the same run: a ratio is the median of the rounds, with what a tenth of them " +
      "stays below and a tenth lies above in brackets. Absolute figures are of the machine named; ratios are what carries over.",
    `Packages: ${packages.join(", ")}.`,
    ...latest.map(section),
  ].join("\n\n");
}

function section({ suite, date, machine, outcome }: Entry): string {
  return [
    `## ${suite}`,
    `*${date.slice(0, 10)}, ${machine}.*`,
    outcome.about,
    tableText(boundsOf(outcome.measurements)),
    ...outcome.tables.flatMap((table) => [`**${table.title}**`, tableText(table)]),
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

function boundsOf(measurements: readonly Measurement[]): Omit<Table, "title"> {
  return {
    head: ["", "measured", "bound", ""],
    rows: measurements.map((measurement) => {
      const { what, figure, bound } = measurement;
      const verdict = verdictOf(measurement);
      return [what, figure, bound, verdict === "missed" ? "**missed**" : verdict];
    }),
  };
}

function tableText({ head, rows }: Omit<Table, "title">): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
