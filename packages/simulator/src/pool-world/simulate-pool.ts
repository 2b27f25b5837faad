import { createChecks } from "../check/checks.js";
import type { Outcome } from "../outcome/outcome.js";
import type { Scenario } from "../scenario/scenario.js";
import { type PoolWorldOptions, runPoolWorld } from "./run-pool-world.js";

/**
 * Runs a scenario against the real pool and checks what it issued.
 *
 * @returns the outcome; `unknown` when the signal ended it early or a fault never showed. Its trace hash is `null`:
 * threads are not deterministic
 * @throws as {@link runPoolWorld}
 */
export async function simulatePool(scenario: Scenario, options: PoolWorldOptions = {}): Promise<Outcome> {
  const checks = createChecks(scenario, { kind: "windowed" });
  const ended = await runPoolWorld(scenario, checks, options);
  const result = checks.result();
  const failed = result.invariants.some(({ verdict }) => verdict === "fail");
  const isOpen = ended === "early" || result.invariants.some(({ verdict }) => verdict === "unknown");
  return { ...result, verdict: failed ? "fail" : isOpen ? "unknown" : "pass", traceHash: null, scenario };
}
