import { createChecks, type Observer, SCENARIO_FORMAT, type Scenario } from "@shardflake/simulator";
import { type Outcome, REPORTED } from "../suite.js";

const ROUNDS = 5;
const CALLS = 8_000_000;
const LOOKED_UP = 1_000_000;
const MOST_NS = 80;
const MOST_RATIO = 1.5;
const MANY_IDS = 1e9;
const MANY_RUN = 64;
const MOST_MB = 400;

/** Datacenter IDs and machine IDs of the classic layout. */
const MACHINES = 1024;
const IDS_PER_TICK = 4096;
const TICK_UNIT: number = 2 ** 22;
const EPOCH_MS: number = Date.UTC(2020, 0, 1);
const START_MS: number = Date.UTC(2026, 0, 1);
const START_TICK: number = START_MS - EPOCH_MS;

const SCENARIO: Scenario = {
  format: SCENARIO_FORMAT,
  seed: 1,
  startMs: START_MS,
  durationMs: 3_600_000,
  shards: MACHINES,
  layout: { epoch: EPOCH_MS },
  windowMs: 6000,
  load: { kind: "saturating" },
  faults: [],
  bounds: { stallMs: 1000, served: 1, recoveryMs: 1000 },
};

/** What the checks of a simulation cost: nanoseconds of CPU for each call, beyond what making the calls costs. */
export async function checks(): Promise<Outcome> {
  const one = callNs(32, 1);
  const wide = callNs(MACHINES, 1);
  const run = callNs(32, IDS_PER_TICK);
  const many = manyIds();
  const looked = { copies: copiesNs(), disorder: disorderNs() };
  return {
    about: "What the checks of a simulation cost: nanoseconds of CPU a call, beyond what making the calls costs.",
    measurements: [
      {
        what: "issued(), one ID, all checks",
        figure: `${one.toFixed(1)} ns with 32 machine IDs, ${wide.toFixed(1)} with ${MACHINES}`,
        value: Math.max(one, wide),
        bound: `≤ ${MOST_NS} ns`,
        holds: Math.max(one, wide) <= MOST_NS,
      },
      {
        what: "issued(), a run of 4096 IDs",
        figure: `${(run / one).toFixed(2)} × one ID (${run.toFixed(1)} ns)`,
        value: run / one,
        bound: `≤ ${MOST_RATIO} ×`,
        holds: run <= MOST_RATIO * one,
      },
      {
        what: `10^9 IDs in runs of ${MANY_RUN}, unique and ordered`,
        figure: `${many.megabytes.toFixed(0)} MB after 10^9, ${many.megabytesBefore.toFixed(0)} after a tenth; ${many.seconds.toFixed(1)} s`,
        value: many.megabytes,
        bound: `≤ ${MOST_MB} MB, every invariant passed`,
        holds: many.megabytes <= MOST_MB && many.passed,
      },
      {
        what: "issued(), where IDs must be looked up",
        figure: `${looked.copies.toFixed(0)} ns of a process and its copy, ${looked.disorder.toFixed(0)} of IDs in no order`,
        value: Math.max(looked.copies, looked.disorder),
        bound: REPORTED,
        holds: true,
      },
    ],
    tables: [],
  };
}

/** Takes calls and does nothing, to see what making them costs. */
const NOBODY: Observer = {
  held: () => {},
  extended: () => {},
  ended: () => {},
  issued: () => {},
  refused: () => {},
  unanswered: () => {},
  horizon: () => {},
  faultSeen: () => {},
  branch: () => {},
};

/** The middle of some rounds of CPU time for a call to the checks, less that for a call to nobody. */
function callNs(machines: number, run: number): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const bare = cpuNs(() => saturate(NOBODY, machines, run), CALLS);
    return cpuNs(() => saturate(createChecks(SCENARIO, { kind: "windowed" }), machines, run), CALLS) - bare;
  });
  return rounds.toSorted((a, b) => a - b)[ROUNDS >> 1]!;
}

/** Every machine ID issues at the ceiling, all of them in turn. */
function saturate(observer: Observer, machines: number, run: number): void {
  for (let machine = 0; machine < machines; machine++) hold(observer, machine, "original");
  let left = CALLS;
  for (let ms = 1; ; ms++) {
    const high = Math.floor((START_TICK + ms) / 1024);
    const tickLow = ((START_TICK + ms) % 1024) * TICK_UNIT;
    for (let sequence = 0; sequence < IDS_PER_TICK; sequence += run) {
      const completedMs = ms + sequence / IDS_PER_TICK;
      for (let machine = 0; machine < machines; machine++) {
        if (left-- === 0) return;
        const low = tickLow + machine * IDS_PER_TICK + sequence;
        observer.issued(machine, completedMs - 0.25, completedMs, 1.5, high, low, run);
      }
    }
  }
}

/** 10^9 IDs, whose answers are far more than those that are remembered. */
function manyIds(): { megabytes: number; megabytesBefore: number; seconds: number; passed: boolean } {
  const checks = createChecks(SCENARIO, { kind: "windowed" });
  let megabytesBefore = 0;
  const start = process.cpuUsage();
  for (let machine = 0; machine < 32; machine++) hold(checks, machine, "original");
  const perMs = IDS_PER_TICK * 32;
  for (let ms = 1; ms * perMs <= MANY_IDS + perMs; ms++) {
    const high = Math.floor((START_TICK + ms) / 1024);
    const tickLow = ((START_TICK + ms) % 1024) * TICK_UNIT;
    for (let sequence = 0; sequence < IDS_PER_TICK; sequence += MANY_RUN) {
      for (let machine = 0; machine < 32; machine++) {
        const low = tickLow + machine * IDS_PER_TICK + sequence;
        checks.issued(machine, ms, ms + 0.5, 1.5, high, low, MANY_RUN);
      }
    }
    if (ms === Math.floor(MANY_IDS / perMs / 10)) megabytesBefore = megabytesNow();
  }
  const { user, system } = process.cpuUsage(start);
  const { issued, invariants } = checks.result();
  const passed = issued >= MANY_IDS && invariants.every(({ verdict }) => verdict === "pass");
  return { megabytes: megabytesNow(), megabytesBefore, seconds: (user + system) / 1e6, passed };
}

/** A process and its copy, which issue the same IDs. */
function copiesNs(): number {
  const checks = createChecks(SCENARIO, { kind: "windowed" });
  hold(checks, 0, "original");
  hold(checks, 0, "clone");
  return cpuNs(() => {
    for (let call = 0; call < LOOKED_UP; call++) {
      const tick = START_TICK + 1 + (call >> 1);
      const ms = tick - START_TICK;
      checks.issued(call & 1, ms, ms + 0.5, 1.5, Math.floor(tick / 1024), (tick % 1024) * TICK_UNIT, 1);
    }
  }, LOOKED_UP);
}

/** A subject whose IDs are anything. */
function disorderNs(): number {
  const checks = createChecks(SCENARIO, { kind: "plain" });
  hold(checks, 0, "original");
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return cpuNs(() => {
    for (let call = 0; call < LOOKED_UP; call++) checks.issued(0, call, call + 0.5, 1.5, draw(), draw(), 1);
  }, LOOKED_UP);
}

function hold(observer: Observer, machine: number, copy: "original" | "clone"): void {
  const [datacenterId, machineId] = [machine >> 5, machine & 31];
  const holding = {
    shard: machine,
    holder: `${machine}`,
    datacenterId,
    machineId,
    generation: 1,
    floor: START_TICK,
    copy,
  };
  observer.held(holding, 0);
  observer.extended(copy === "original" ? machine : 1, START_TICK + SCENARIO.durationMs, 0);
}

function megabytesNow(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

/** Nanoseconds of process CPU per call. */
function cpuNs(run: () => void, calls: number): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1000) / calls;
}
