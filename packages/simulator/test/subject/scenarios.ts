import { fileURLToPath } from "node:url";
import { SCENARIO_FORMAT, type Scenario } from "../../src/scenario/scenario.js";

/** A short scenario without faults; one ID a millisecond on each of two shards. */
export function scenarioWith(changes: Partial<Scenario> = {}): Scenario {
  return {
    format: SCENARIO_FORMAT,
    seed: 11,
    startMs: Date.UTC(2026, 0, 1),
    durationMs: 300,
    shards: 2,
    layout: {},
    windowMs: 6000,
    load: { kind: "steady", idsPerSecond: 2000 },
    faults: [],
    bounds: { stallMs: 200, served: 0.5, recoveryMs: 200 },
    ...changes,
  };
}

/** Path of a subject of the folder. */
export function subjectFile(name: string): string {
  return fileURLToPath(new URL(`./subjects/${name}`, import.meta.url));
}
