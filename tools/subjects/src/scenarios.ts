import { type Fault, type Load, SCENARIO_FORMAT, type Scenario } from "@shardflake/simulator";

/** A scenario that every subject is put through. */
export interface NamedScenario {
  readonly name: string;
  /** What happens, in a few words. */
  readonly what: string;
  readonly scenario: Scenario;
}

const SECOND_MS = 1000;

/** 1,000 IDs a second on each of two shards. */
const STEADY: Load = { kind: "steady", idsPerSecond: 2000 };

/** 20 IDs a millisecond on each of two shards. */
const BUSY: Load = { kind: "steady", idsPerSecond: 40_000 };

function named(
  name: string,
  what: string,
  load: Load,
  faults: readonly Fault[],
  durationMs = 2 * SECOND_MS,
): NamedScenario {
  const scenario: Scenario = {
    format: SCENARIO_FORMAT,
    seed: 1,
    startMs: Date.UTC(2026, 0, 1),
    durationMs,
    shards: 2,
    layout: {},
    windowMs: 6 * SECOND_MS,
    load,
    faults,
    bounds: { stallMs: SECOND_MS, served: 0.9, recoveryMs: SECOND_MS },
  };
  return { name, what, scenario };
}

/** What the table is made of: each shows one of the things that are known to go wrong. */
export const SCENARIOS: readonly NamedScenario[] = [
  named("calm", "a steady load, nothing goes wrong", STEADY, []),
  named(
    "burst",
    "6,000 IDs at once, ten times; nothing goes wrong",
    { kind: "burst", ids: 6000, everyMs: 50 },
    [],
    550,
  ),
  named("step back", "the clock is set back by 300 ms", STEADY, [
    { kind: "step", atMs: 700, forMs: 0, on: "all", byMs: -300 },
  ]),
  named("steps back", "and again by 200 ms, before it has caught up, and a third time", STEADY, [
    { kind: "step", atMs: 700, forMs: 0, on: "all", byMs: -300 },
    { kind: "step", atMs: 800, forMs: 0, on: "all", byMs: -200 },
    { kind: "step", atMs: 1200, forMs: 0, on: "all", byMs: -100 },
  ]),
  named(
    "step back, burst",
    "the clock is set back by 20 ms between bursts of 4,000 IDs, 10 ms apart",
    { kind: "burst", ids: 4000, everyMs: 10 },
    [{ kind: "step", atMs: 95, forMs: 0, on: "all", byMs: -20 }],
    200,
  ),
  named("hour ahead", "the clock is an hour ahead for 100 ms", STEADY, [
    { kind: "step", atMs: 700, forMs: 0, on: "all", byMs: 3_600_000 },
    { kind: "step", atMs: 800, forMs: 0, on: "all", byMs: -3_600_000 },
  ]),
  named(
    "frozen",
    "the clock stands still and does not go on, under a load that needs more IDs than a sequence has",
    BUSY,
    [{ kind: "frozen", atMs: 300, forMs: 10_000, on: "all", valueMs: null }],
    2 * SECOND_MS,
  ),
  named(
    "strobe",
    "the clock jumps 8 ms to and fro, every 4 ms, for half a second",
    STEADY,
    [{ kind: "strobe", atMs: 500, forMs: 500, on: "all", byMs: 8, periodMs: 4 }],
    1500,
  ),
  named(
    "quick restart",
    "the process is killed and is back within the same millisecond",
    BUSY,
    [{ kind: "restart", atMs: 250.4, forMs: 0.2, on: "all", exit: "kill", clockBehindMs: 0 }],
    500,
  ),
  named("restart behind", "the process is killed and comes back with its clock 100 ms behind", STEADY, [
    { kind: "restart", atMs: 700, forMs: 50, on: "all", exit: "kill", clockBehindMs: 100 },
  ]),
  named("clone", "a copy of the process runs beside it for half a second, its clock 100 ms behind", STEADY, [
    { kind: "clone", atMs: 700, forMs: 500, on: "all", rewindMs: 100 },
  ]),
  named("end of time", "the clock runs over the end of the layout's 41 bits", STEADY, [
    { kind: "rollover", atMs: 700, forMs: 1300, on: "all", beforeEndMs: 300 },
  ]),
];
