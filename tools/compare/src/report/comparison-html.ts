import type { Comparison, DesignResult } from "../comparison.js";
import { type ComparisonRow, comparisonRows } from "../table/rows.js";
import { REQUIREMENTS } from "../verdict/verdict.js";
import { barChart } from "./bar-chart.js";
import { chartsOf } from "./charts.js";
import { escapeHtml } from "./escape.js";
import { PAGE_STYLE } from "./page-style.js";

/** One page with everything it needs inside: it opens from a disk, without a network or scripts. */
export function comparisonHtml(comparison: Comparison): string {
  const { designs, settings, host, database, seconds } = comparison;
  const rows = comparisonRows(designs);
  const measurements = rows.slice(0, -REQUIREMENTS.length);
  const setting =
    `${settings.servers} servers, ${settings.secondsPerDesign} s of load on each design, ${database}. ` +
    `${host.cpus} × ${host.cpu}, Node ${host.node}. Everything was measured in one run of ${seconds.toFixed(0)} s.`;
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    // An empty icon, so that no browser asks a server for one.
    '<link rel="icon" href="data:,">',
    "<title>shardflake compare</title>",
    `<style>${PAGE_STYLE}</style>`,
    "</head>",
    "<body><main>",
    "<h1>Four ways to make IDs</h1>",
    `<p>${escapeHtml(setting)}</p>`,
    "<h2>Verdicts</h2>",
    verdictTable(designs),
    "<h2>Charts</h2>",
    `<div class="charts">${chartsOf(designs).map(barChart).join("\n")}</div>`,
    "<h2>Measurements</h2>",
    table(
      designs,
      measurements.map(({ title, cells }) => ({ title, cells: cells.map(({ kind, text }) => cell(kind, text)) })),
    ),
    "</main></body>",
    "</html>",
    "",
  ].join("\n");
}

function verdictTable(designs: readonly DesignResult[]): string {
  const rows = REQUIREMENTS.map((requirement) => ({
    title: requirement,
    cells: designs.map(({ verdicts }) => {
      const { verdict, because } = verdicts.find((one) => one.requirement === requirement)!;
      return cell(verdict, `${verdict}\n${because}`);
    }),
  }));
  return table(designs, rows);
}

function cell(kind: ComparisonRow["cells"][number]["kind"], text: string): string {
  return `<td class="${kind}">${escapeHtml(text)}</td>`;
}

function table(
  designs: readonly DesignResult[],
  rows: readonly { readonly title: string; readonly cells: readonly string[] }[],
): string {
  const head = designs.map(({ title }) => `<th scope="col">${escapeHtml(title)}</th>`).join("");
  const body = rows.map(({ title, cells }) => `<tr><th scope="row">${escapeHtml(title)}</th>${cells.join("")}</tr>`);
  return `<div class="scroll"><table><thead><tr><th></th>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}
