import type { Fault } from "../../src/scenario/fault.js";
import { parseScenario } from "../../src/scenario/parse-scenario.js";
import { type Load, SCENARIO_FORMAT, type Scenario } from "../../src/scenario/scenario.js";

/** A scenario with everything usual but what is given. */
export function scenarioOf(given: Partial<Omit<Scenario, "faults" | "load">>, load: Load, faults: Fault[]): Scenario {
  return parseScenario({
    format: SCENARIO_FORMAT,
    seed: 1,
    durationMs: 20_000,
    shards: 1,
    layout: {},
    windowMs: 1000,
    bounds: { stallMs: 60_000, served: 0, recoveryMs: 60_000 },
    ...given,
    load,
    faults,
  });
}

export function steady(idsPerSecond: number): Load {
  return { kind: "steady", idsPerSecond };
}
