import {
  type Fault,
  type Load,
  type Outcome,
  parseScenario,
  SCENARIO_FORMAT,
  simulateVirtual,
} from "@shardflake/simulator";
import { type Measurement, REPORTED, type Outcome as SuiteOutcome } from "../suite.js";

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;
const YEAR_MS = 365.2425 * DAY_MS;
const LEAST_PER_SECOND = 3e6;
const LEAST_TIMES_REAL = 300;
const MOST_YEARS_SECONDS = 60;
const MOST_FLEET_SECONDS = 15 * 60;
const MOST_FLEET_BYTES = 1.5e9;

/** What the virtual world does in a second of one core, every ID checked and hashed; CPU of the whole process. */
export async function simulator(): Promise<SuiteOutcome> {
  return {
    about:
      "What the virtual world does in a second of one core, every ID checked and hashed; CPU of the whole process.",
    measurements: [
      timesReal("steady", { kind: "steady", idsPerSecond: 10_000 }),
      timesReal("Poisson", { kind: "poisson", idsPerSecond: 10_000 }),
      saturating(),
      tenYears(),
    ],
    tables: [],
  };
}

/**
 * All 1024 machine IDs for a day: crystals of every kind, under every daemon and under none. Windows of a minute, so that
 * keepers take less of the time than requests.
 */
export async function fleet(): Promise<SuiteOutcome> {
  const { outcome, seconds } = simulated({
    shards: 1024,
    durationMs: DAY_MS,
    windowMs: 60 * SECOND_MS,
    load: { kind: "poisson", idsPerSecond: 10_000 },
    faults: mixedFleet(DAY_MS),
  });
  const bytes = process.resourceUsage().maxRSS * 1024;
  const { verdict, issued, kRadius, largestInversionMs, stallMs } = outcome;
  return {
    about: "All 1024 machine IDs of the classic layout for a day, under every kind of crystal and time daemon.",
    measurements: [
      {
        what: "1024 shards, a day, 10,000 IDs/s",
        figure: `${verdict}, ${(issued / 1e6).toFixed(0)} M IDs in ${seconds.toFixed(0)} s, ${(bytes / 1e6).toFixed(0)} MB`,
        value: seconds,
        bound: `no violation, ≤ ${MOST_FLEET_SECONDS} s, ≤ ${MOST_FLEET_BYTES / 1e6} MB`,
        holds: verdict !== "fail" && seconds <= MOST_FLEET_SECONDS && bytes <= MOST_FLEET_BYTES,
      },
      {
        what: "its order and its stalls",
        figure: `k = ${kRadius}, inversions ≤ ${largestInversionMs} ms, stalls ≤ ${stallMs.max} ms`,
        value: kRadius,
        bound: REPORTED,
        holds: true,
      },
    ],
    tables: [],
  };
}

function timesReal(name: string, load: Load): Measurement {
  const durationMs = 3000 * SECOND_MS;
  const { outcome, seconds } = simulated({ shards: 32, durationMs, windowMs: 6 * SECOND_MS, load, faults: [] });
  const times = durationMs / SECOND_MS / seconds;
  const perSecond = outcome.issued / seconds / 1e6;
  return {
    what: `32 shards, 10,000 IDs/s, ${name}`,
    figure: `${times.toFixed(0)} × real time, ${perSecond.toFixed(2)} M requests/s`,
    value: times,
    bound: `≥ ${LEAST_TIMES_REAL} × real time`,
    holds: times >= LEAST_TIMES_REAL && outcome.verdict === "pass",
  };
}

function saturating(): Measurement {
  const load: Load = { kind: "saturating" };
  const durationMs = 20 * SECOND_MS;
  const { outcome, seconds } = simulated({ shards: 32, durationMs, windowMs: 6 * SECOND_MS, load, faults: [] });
  const perSecond = outcome.issued / seconds;
  return {
    what: "32 shards, saturating",
    figure: `${(perSecond / 1e6).toFixed(0)} M IDs/s checked (${(outcome.issued / 1e9).toFixed(1)} G IDs)`,
    value: perSecond,
    bound: `≥ ${LEAST_PER_SECOND / 1e6} M IDs/s`,
    holds: perSecond >= LEAST_PER_SECOND && outcome.verdict === "pass",
  };
}

/** Windows of an hour: with the default of 6 s, 158 million renewals would be simulated for 31 million requests. */
function tenYears(): Measurement {
  const load: Load = { kind: "poisson", idsPerSecond: 0.1 };
  const durationMs = Math.floor(10 * YEAR_MS);
  const { outcome, seconds } = simulated({ shards: 1, durationMs, windowMs: 3600 * SECOND_MS, load, faults: [] });
  return {
    what: "1 shard, 0.1 IDs/s, ten years, windows of 1 h",
    figure: `${seconds.toFixed(1)} s, ${(outcome.issued / 1e6).toFixed(1)} M IDs`,
    value: seconds,
    bound: `≤ ${MOST_YEARS_SECONDS} s`,
    holds: seconds <= MOST_YEARS_SECONDS && outcome.verdict === "pass",
  };
}

/** Every shard has a crystal, most within 100 ppm, some beyond; four fifths of them are under one of the daemons. */
function mixedFleet(forMs: number): Fault[] {
  const shards = Array.from({ length: 1024 }, (_, shard) => shard);
  const crystals = [-600, -80, -40, -10, 10, 30, 78, 100].map((ppm, index): Fault => {
    const on = shards.filter((shard) => shard % 8 === index);
    return { kind: "drift", atMs: 0, forMs, on, ppm, wanderPpm: 2 };
  });
  const daemons = (["ntpd", "ntpd-x", "chrony", "timesyncd"] as const).map((daemon, index): Fault => {
    const on = shards.filter((shard) => Math.floor(shard / 8) % 5 === index);
    return { kind: "daemon", atMs: 0, forMs, on, daemon, pollMs: 64 * SECOND_MS };
  });
  return [...crystals, ...daemons];
}

function simulated(given: {
  readonly shards: number;
  readonly durationMs: number;
  readonly windowMs: number;
  readonly load: Load;
  readonly faults: readonly Fault[];
}): { readonly outcome: Outcome; readonly seconds: number } {
  const bounds = { stallMs: 1000, served: 0.99, recoveryMs: 1000 };
  const scenario = parseScenario({ format: SCENARIO_FORMAT, seed: 1, layout: {}, bounds, ...given });
  const start = process.cpuUsage();
  const outcome = simulateVirtual(scenario, {
    signal: new AbortController().signal,
    onProgress: () => {},
    observers: [],
  });
  const { user, system } = process.cpuUsage(start);
  return { outcome, seconds: (user + system) / 1e6 };
}
