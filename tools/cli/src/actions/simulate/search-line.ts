import type { SearchTally, Shrunk } from "@shardflake/simulator";

/** What a search did, for people. */
export function searchLine({ runs, counted, unknown, issued, simulatedMs }: SearchTally): string {
  return (
    `searched ${number(runs)} runs (${number(counted)} count, ${number(unknown)} unknown), ` +
    `${number(issued)} IDs in ${number(Math.round(simulatedMs / 1000))} simulated seconds\n`
  );
}

/** How the found scenario became smaller. */
export function shrunkLine({ runs, invariant, end, ran }: Shrunk, faultsBefore: number): string {
  const { faults, shards } = ran.outcome.scenario;
  const why = end === "minimal" ? "minimal" : "not minimal: the budget for it ended";
  return (
    `shrunk in ${number(runs)} runs from ${faultsBefore} to ${faults.length} faults on ${shards} shards (${why}), ` +
    `"${invariant}" still broken\n`
  );
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
