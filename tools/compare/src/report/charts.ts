import type { DesignResult } from "../comparison.js";
import type { Measurements } from "../measurement/cells.js";
import { bytes, count, ms, perSecond } from "../table/figures.js";
import type { Bar, BarChart } from "./bar-chart.js";

/** What is easier to see than to read. */
export function chartsOf(designs: readonly DesignResult[]): readonly BarChart[] {
  return [
    {
      title: "IDs a second, many clients, one ID a request",
      scale: "logarithmic",
      bars: bars(designs, "rateMany", (rate) => rate, perSecond),
    },
    {
      title: "Latency of one ID, p99",
      scale: "logarithmic",
      bars: bars(designs, "latencyOne", ({ p99Ms }) => p99Ms, ms),
    },
    {
      title: "Longest wait of a client after a server was killed",
      scale: "linear",
      bars: bars(designs, "kill", ({ outageMs }) => outageMs, ms),
    },
    {
      title: "Largest inversion across servers",
      scale: "linear",
      bars: bars(designs, "orderAcross", ({ inversion }) => inversion.ms, ms),
    },
    {
      title: "Primary key of the rows in PostgreSQL",
      scale: "linear",
      bars: bars(designs, "insert", ({ indexBytes }) => indexBytes, bytes),
    },
    {
      title: "Rows inserted into PostgreSQL a second",
      scale: "linear",
      bars: bars(
        designs,
        "insert",
        ({ rows, seconds }) => rows / seconds,
        (rate) => `${count(rate)}/s`,
      ),
    },
  ];
}

function bars<Name extends keyof Measurements>(
  designs: readonly DesignResult[],
  name: Name,
  figureOf: (value: Measurements[Name]) => number,
  textOf: (value: number) => string,
): readonly Bar[] {
  return designs.map(({ title, cells }) => {
    const cell = cells[name];
    if (cell.kind === "unmeasured") return { label: title, value: undefined, text: cell.why };
    const value = figureOf(cell.value as Measurements[Name]);
    return { label: title, value, text: textOf(value) };
  });
}
