import type { Layout } from "@shardflake/core";
import {
  type CheckResult,
  type ChecksOptions,
  createChecks,
  type Fault,
  type InvariantName,
  type Verdict,
} from "../../src/index.js";
import { type Observation, tell } from "./observations.js";
import { scenarioOf } from "./scenario.js";

/** What the checks come to of what was told. */
export function resultOf(
  layout: Layout,
  observations: readonly Observation[],
  options: ChecksOptions = { kind: "windowed" },
  faults: readonly Fault[] = [],
): CheckResult {
  const checks = createChecks(scenarioOf(layout, faults), options);
  tell(checks, observations);
  return checks.result();
}

/** The verdict on one invariant. */
export function verdictOn({ invariants }: CheckResult, name: InvariantName): Verdict {
  return invariants.find((invariant) => invariant.name === name)!.verdict;
}

/** How many IDs violate an invariant: the first number of its figure. */
export function countOf({ invariants }: CheckResult, name: InvariantName): number {
  return Number(/\d+/.exec(invariants.find((invariant) => invariant.name === name)!.figure)![0]);
}
