import type { InvariantName, Outcome } from "../../src/outcome/outcome.js";
import type { Ran } from "../../src/run/run-messages.js";
import type { Fault } from "../../src/scenario/fault.js";
import { parseScenario } from "../../src/scenario/parse-scenario.js";
import type { Scenario } from "../../src/scenario/scenario.js";

/** When a made-up subject breaks an invariant, and at which time. */
export type Bug = (scenario: Scenario) => number | undefined;

/** What a run of the scenario comes to for a subject with this bug. */
export function ranWith(bug: Bug, scenario: Scenario, invariant: InvariantName = "unique"): Ran {
  const atMs = bug(scenario);
  const verdict = atMs === undefined ? "pass" : "fail";
  const coverage: Record<string, number> = {};
  for (const { kind } of scenario.faults) coverage[`fault:${kind}`] = (coverage[`fault:${kind}`] ?? 0) + 1;
  const outcome: Outcome = {
    verdict,
    traceHash: "0",
    scenario,
    issued: 100,
    refused: 0,
    stallMs: { p50: 0, p99: 1, max: scenario.seed % 7 },
    kRadius: 0,
    largestInversionMs: 0,
    invariants: [{ name: invariant, verdict, figure: "", bound: "" }],
    violations: atMs === undefined ? [] : [{ invariant, shard: 0, atMs, ids: ["1", "1"], detail: "" }],
    coverage,
  };
  return { outcome, recording: null };
}

/** A step back of more than a second, and later a restart, of any shard. */
export const restartAfterStep: Bug = ({ faults, durationMs }) => {
  for (const step of faults) {
    if (step.kind !== "step" || step.byMs > -1000) continue;
    const restart = faults.find(({ kind, atMs }) => kind === "restart" && atMs > step.atMs);
    if (restart !== undefined && restart.atMs + restart.forMs < durationMs) return restart.atMs + restart.forMs;
  }
  return undefined;
};

/** A scenario of an hour with these faults. */
export function scenarioWith(faults: readonly Fault[], changes: Partial<Scenario> = {}): Scenario {
  return parseScenario({ format: 1, seed: 1, durationMs: 3_600_000, shards: 8, faults, ...changes });
}
