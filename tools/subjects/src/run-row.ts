import { READY_SUBJECTS, type ReadySubject, simulateSubject, simulateVirtual } from "@shardflake/simulator";
import { HangCount } from "./hang-count.js";
import { type Result, resultOf } from "./result.js";
import { SCENARIOS } from "./scenarios.js";

/** One subject with its result for each scenario, in their order. */
export interface Row {
  /** Package and version. */
  readonly subject: string;
  readonly results: readonly Result[];
}

/** The packages, in the order of the table. */
export const PACKAGES: readonly ReadySubject[] = READY_SUBJECTS;

/** Puts a package through all scenarios. */
export async function runRow({ name, packageName, version }: ReadySubject): Promise<Row> {
  const results: Result[] = [];
  for (const { scenario } of SCENARIOS) {
    const outcome = await simulateSubject(scenario, name);
    results.push(resultOf(outcome, outcome.coverage.hangs ?? 0));
  }
  return { subject: `${packageName}@${version}`, results };
}

/** The same for ours, with its windows and its store, in the virtual world. */
export function runOurs(): Row {
  const { signal } = new AbortController();
  const results = SCENARIOS.map(({ scenario }) => {
    const hung = new HangCount(scenario.bounds.stallMs);
    const outcome = simulateVirtual(scenario, { signal, onProgress: () => {}, observers: [hung] });
    return resultOf(outcome, hung.hangs);
  });
  return { subject: "shardflake (this repository)", results };
}
