import { type Checks, createChecks } from "../check/checks.js";
import { Audience } from "../observation/audience.js";
import { TraceHash } from "../observation/trace-hash.js";
import type { InvariantResult, Outcome } from "../outcome/outcome.js";
import { verdictOf } from "../outcome/verdict.js";
import type { RunOptions } from "../run/runner.js";
import type { Scenario } from "../scenario/scenario.js";
import { type Build, OURS } from "./build.js";
import { runVirtualWorld } from "./virtual-world.js";

const REMEMBERED_WHEN_CALM: number = 2 ** 16;
const REMEMBERED: number = 2 ** 22;

/**
 * Plays a scenario in the virtual world and holds every ID against every invariant. The verdict is "fail" when one is
 * broken, else "unknown" when one is undecided, a scheduled fault was never seen, or the run was ended early.
 *
 * @param build what the processes are made of: {@link OURS}, or something broken, to see whether it is found
 * @throws LayoutError `LAYOUT_INVALID`
 */
export function simulateVirtual(scenario: Scenario, options: RunOptions, build: Build = OURS): Outcome {
  const { signal, onProgress, observers } = options;
  const hash = new TraceHash();
  const checks: Checks = createChecks(scenario, { kind: "windowed", remembered: rememberedOf(scenario) });
  const end = runVirtualWorld(scenario, new Audience(hash, checks, observers), { signal, onProgress, build });
  const result = checks.result();
  const invariants = end === "ended" ? result.invariants : result.invariants.map(cutShort);
  return { ...result, invariants, verdict: verdictOf(invariants), traceHash: hash.digest(), scenario };
}

/**
 * How many answers the checks remember. Where clocks only drift and are corrected, nobody stands still, is copied or goes
 * back, and an ID that is late is so by little: what is compared fits into a processor's cache.
 */
function rememberedOf({ faults }: Scenario): number {
  const isCalm = faults.every(({ kind }) => kind === "drift" || kind === "daemon");
  return isCalm ? REMEMBERED_WHEN_CALM : REMEMBERED;
}

/** Nobody knows what the rest of the scenario would have shown. */
function cutShort(result: InvariantResult): InvariantResult {
  if (result.name !== "not-vacuous") return result;
  return { ...result, verdict: "unknown", figure: "the run was ended before the scenario" };
}
