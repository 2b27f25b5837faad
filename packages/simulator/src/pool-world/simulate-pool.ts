import { createChecks } from "../check/checks.js";
import { Audience } from "../observation/audience.js";
import type { Observer } from "../observation/observer.js";
import type { Outcome } from "../outcome/outcome.js";
import type { Scenario } from "../scenario/scenario.js";
import { type PoolWorldOptions, runPoolWorld } from "./run-pool-world.js";

/** How a scenario is simulated in the pool world. */
export interface SimulatePoolOptions extends PoolWorldOptions {
  /** Are told everything that the checks are told. */
  readonly observers?: readonly Observer[];
}

/**
 * Runs a scenario against the real pool and checks what it issued.
 *
 * @returns the outcome; `unknown` when the signal ended it early or a fault never showed. Its trace hash is `null`:
 * threads are not deterministic
 * @throws ScenarioError `SCENARIO_UNSUPPORTED` for faults that this world cannot do
 */
export async function simulatePool(scenario: Scenario, options: SimulatePoolOptions = {}): Promise<Outcome> {
  const checks = createChecks(scenario, { kind: "windowed" });
  const [first, ...others] = options.observers ?? [];
  const observer = first === undefined ? checks : new Audience(checks, first, others);
  const ended = await runPoolWorld(scenario, observer, options);
  const result = checks.result();
  const failed = result.invariants.some(({ verdict }) => verdict === "fail");
  const isOpen = ended === "early" || result.invariants.some(({ verdict }) => verdict === "unknown");
  return { ...result, verdict: failed ? "fail" : isOpen ? "unknown" : "pass", traceHash: null, scenario };
}
