import type { Comparison, ComparisonRow, RowCell } from "@shardflake/compare";
import Table from "cli-table3";

/** So many designs stand side by side; the others follow below. */
const COLUMNS = 4;
const TITLE_WIDTH = 24;
const COLUMN_WIDTH = 27;

/** The comparison for people. */
export function comparisonTable(comparison: Comparison, rows: readonly ComparisonRow[]): string {
  const { designs, settings, seconds, host, database } = comparison;
  const tables: string[] = [];
  for (let from = 0; from < designs.length; from += COLUMNS) {
    const titles = designs.slice(from, from + COLUMNS).map(({ title }) => title);
    const table = new Table({
      head: ["", ...titles],
      style: { head: [], border: [] },
      colWidths: [TITLE_WIDTH, ...titles.map(() => COLUMN_WIDTH)],
      wordWrap: true,
    });
    for (const { title, cells } of rows) table.push([title, ...cells.slice(from, from + COLUMNS).map(textOf)]);
    tables.push(`${table.toString()}\n`);
  }
  const product = database.split(" on ")[0];
  return [
    ...tables,
    `${settings.servers} servers, ${settings.secondsPerDesign} s of load on each design, ${product}\n`,
    `${host.cpus} × ${host.cpu}, Node ${host.node}; all of it took ${seconds.toFixed(0)} s\n`,
  ].join("");
}

/** What was not measured stands in brackets. */
function textOf({ kind, text }: RowCell): string {
  return kind === "unmeasured" ? `[${text}]` : text;
}
