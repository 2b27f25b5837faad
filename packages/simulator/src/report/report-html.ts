import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Outcome } from "../outcome/outcome.js";
import { formatScenario } from "../scenario/parse-scenario.js";
import { PAGE_STYLE } from "./page-style.js";
import type { Recording } from "./recording.js";
import { reportData } from "./report-data.js";

/** What {@link reportHtml} takes. */
export interface ReportOptions {
  readonly outcome: Outcome;
  readonly recording: Recording;
  /** The command line that runs the scenario again. */
  readonly replay: string;
}

/** Compiled by the project in ./page, in the order in which they need one another. */
const PAGE_SCRIPTS = ["units", "elements", "scales", "fault-marks", "charts", "tables", "page"];
/** The same from the source and from what was built of it. */
const PAGE_DIRECTORY = new URL("../../dist/report/page/", import.meta.url);

/** One HTML page about a run with everything it needs inside: it opens from a disk, without a network. */
export function reportHtml({ outcome, recording, replay }: ReportOptions): string {
  const data = reportData(outcome, recording, formatScenario(outcome.scenario), replay);
  const chartLibrary = createRequire(import.meta.url).resolve("uplot/dist/uPlot.iife.min.js");
  const chartStyle = createRequire(import.meta.url).resolve("uplot/dist/uPlot.min.css");
  const scripts = PAGE_SCRIPTS.map((name) => new URL(`${name}.js`, PAGE_DIRECTORY));
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    // An empty icon, so that no browser asks a server for one.
    '<link rel="icon" href="data:,">',
    `<title>shardflake simulate: ${outcome.verdict}</title>`,
    `<style>${readFileSync(chartStyle, "utf8")}</style>`,
    `<style>${PAGE_STYLE}</style>`,
    "</head>",
    "<body>",
    "<main><noscript>This page draws its charts with JavaScript.</noscript></main>",
    `<script id="report-data" type="application/json">${jsonForScript(data)}</script>`,
    ...[chartLibrary, ...scripts].map((file) => `<script>${readFileSync(file, "utf8")}</script>`),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/**
 * JSON that cannot end the script element it stands in, nor begin a comment in it: names come from anywhere (HTML, section
 * "Restrictions for contents of script elements").
 */
function jsonForScript(value: unknown): string {
  const json = JSON.stringify(value, (_, item) =>
    typeof item === "number" && !Number.isFinite(item) ? String(item) : item,
  );
  return json.replaceAll("<", "\\u003c");
}
