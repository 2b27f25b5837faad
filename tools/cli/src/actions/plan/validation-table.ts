import { countText } from "@shardflake/core";
import type { Estimate } from "@shardflake/simulator";
import Table from "cli-table3";
import type { Comparison } from "./validate.js";

const NAMES: Readonly<Record<Comparison["name"], string>> = {
  exhaustionProbability: "exhausted ticks, share",
  meanBacklogIds: "mean backlog, IDs",
  meanWaitTicks: "mean wait, ticks",
  ceilingPerMachinePerSecond: "ceiling, IDs/s",
};

/** Predicted against simulated against measured, for people. */
export function validationTable(comparisons: readonly Comparison[]): string {
  const table = new Table({
    head: ["one machine ID", "predicted", "simulated (99.9 %)", "", "measured (99.9 %)", ""],
    colAligns: ["left", "right", "right", "left", "right", "left"],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, predicted, simulated, simulatedAgrees, measured, measuredAgrees } of comparisons) {
    table.push([
      NAMES[name],
      countText(predicted),
      estimateText(simulated),
      verdictText(simulatedAgrees),
      measured === null ? "too few ticks" : estimateText(measured),
      measuredAgrees === null ? "" : verdictText(measuredAgrees),
    ]);
  }
  return `${table}\n`;
}

function estimateText({ mean, low, high }: Estimate): string {
  return `${countText(mean)} (${countText(low)} … ${countText(high)})`;
}

function verdictText(doesAgree: boolean): string {
  return doesAgree ? "agrees" : "DIFFERS";
}
