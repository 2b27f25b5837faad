/**
 * What a reading of a simulated clock and an arrival cost. Measures what `npm run build` made, in a process of its own:
 * `node packages/simulator/bench/readings.mjs`. Lines to hold: 30 ns a reading in the order of time, 50 ns an arrival.
 */
import { parseScenario } from "../dist/index.js";
import { arrivals } from "../dist/load/arrivals.js";
import { shardTime } from "../dist/time/shard-time.js";

const HOUR_MS = 3_600_000;
const READINGS = 5_000_000;
const ROUNDS = 5;
const place = { atMs: 0, forMs: HOUR_MS, on: "all" };
const chrony = { kind: "daemon", ...place, daemon: "chrony", pollMs: 64_000 };

const clocks = {
  "no fault": [],
  "drift, wander and chrony": [{ kind: "drift", ...place, ppm: 50, wanderPpm: 20 }, chrony],
  "a step a second": Array.from({ length: 3600 }, (_, second) => ({
    kind: "step",
    on: "all",
    atMs: second * 1000,
    forMs: 0,
    byMs: second % 2 === 0 ? 7 : -7,
  })),
  strobe: [{ kind: "strobe", ...place, byMs: 100, periodMs: 10 }],
  coarse: [{ kind: "coarse", ...place, granularityMs: 4 }],
  warp: [{ kind: "warp", ...place, mostMs: 1 }],
};

for (const [name, faults] of Object.entries(clocks)) {
  const time = shardTime(scenario({ faults }), 0, "original");
  const ns = best(() => {
    let total = 0;
    for (let reading = 0; reading < READINGS; reading++) total += time.wallMs(reading * 0.7);
    return Number.isFinite(total) ? READINGS : 0;
  });
  print(`reading, ${name}`, ns, 30);
}
for (const kind of ["steady", "poisson"]) {
  const loaded = scenario({ faults: [], load: { kind, idsPerSecond: 1000 } });
  const ns = best(() => {
    const next = arrivals(loaded, 0);
    let count = 0;
    for (; next.atMs < HOUR_MS; next.advance()) count++;
    return count;
  });
  print(`arrival, ${kind}`, ns, 50);
}

function scenario(change) {
  return parseScenario({ format: 1, seed: 7, durationMs: HOUR_MS, shards: 1, ...change });
}

/** Least nanoseconds each over some rounds. */
function best(run) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    const count = run();
    least = Math.min(least, ((performance.now() - from) * 1e6) / count);
  }
  return least;
}

function print(name, ns, line) {
  console.log(`${name.padEnd(36)} ${ns.toFixed(1).padStart(6)} ns   line ${line} ns`);
}
