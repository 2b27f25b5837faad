import { type Layout, tickAt, YEAR_MS } from "@shardflake/core";
import type { Observer } from "../observation/observer.js";
import { parseScenario } from "../scenario/parse-scenario.js";
import { SCENARIO_FORMAT, type Scenario } from "../scenario/scenario.js";
import { simulateVirtual } from "../virtual/simulate-virtual.js";
import { BATCHES, type Estimate, estimateOf } from "./estimate.js";
import { type QueueEstimates, QueueTally } from "./queue-tally.js";

/** How long a queue is simulated. */
export interface SimulatedQueueOptions {
  /** Simulated requests, about; at least as many ticks as batches need are simulated. */
  readonly requests: number;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Ticks of a batch at least. */
const LEAST_TICKS = 100;
/** However rare requests are, no more than this is simulated: a keeper renews its windows all the time. */
const MOST_MS = 100_000_000;
/** Ticks that are counted under a load that always asks for more, */
const CEILING_TICKS = 210;
/** and those that are played after them, so that what was begun is completed. */
const ROOM_TICKS = 20;

/**
 * One machine ID under a Poisson load in the virtual world: real generator, keeper and windows, simulated time.
 *
 * @param idsPerSecond of this machine ID
 */
export function simulatedQueue(layout: Layout, idsPerSecond: number, options: SimulatedQueueOptions): QueueEstimates {
  const { requests, seed, signal } = options;
  const leastTicks = LEAST_TICKS * (BATCHES + 1);
  const enoughMs = Math.min(MOST_MS, (requests / idsPerSecond) * 1000);
  const ticks = Math.max(leastTicks, Math.ceil(enoughMs / layout.tickMs));
  const scenario = scenarioOf(layout, ticks, seed, { kind: "poisson", idsPerSecond });
  const tally = new QueueTally(tickAt(layout, scenario.startMs), ticks, layout.idsPerTick);
  play(scenario, signal, layout, (requestedMs, tick, count) =>
    tally.add(tickAt(layout, scenario.startMs + requestedMs), tick, count),
  );
  return tally.estimates();
}

/** IDs a second that one machine ID issues in the virtual world when it is always asked for more. */
export function simulatedCeiling(layout: Layout, { seed, signal }: SimulatedQueueOptions): Estimate {
  const scenario = scenarioOf(layout, CEILING_TICKS + ROOM_TICKS, seed, { kind: "saturating" });
  const first = tickAt(layout, scenario.startMs);
  const perBatch = CEILING_TICKS / (BATCHES + 1);
  const counts = new Float64Array(BATCHES + 1);
  play(scenario, signal, layout, (_requestedMs, tick, count) => {
    const batch = Math.floor((tick - first) / perBatch);
    if (batch <= BATCHES) counts[batch]! += count;
  });
  const perSecond = [...counts.subarray(1)].map((count) => (count / perBatch) * (1000 / layout.tickMs));
  return estimateOf(perSecond, CEILING_TICKS);
}

function scenarioOf(layout: Layout, ticks: number, seed: number, load: Scenario["load"]): Scenario {
  const { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs, epochMs } = layout;
  const startTick = Math.floor(Math.min(layout.maxTick / 2, YEAR_MS / tickMs));
  return parseScenario({
    format: SCENARIO_FORMAT,
    seed,
    startMs: epochMs + startTick * tickMs,
    durationMs: ticks * tickMs,
    shards: 1,
    layout: { timestampBits, datacenterBits, machineBits, sequenceBits, tickMs, epoch: epochMs },
    load,
    faults: [],
  });
}

function play(
  scenario: Scenario,
  signal: AbortSignal,
  layout: Layout,
  tell: (requestedMs: number, tick: number, count: number) => void,
): void {
  const below = layout.totalBits - layout.timestampBits;
  const observer: Observer = {
    held() {},
    extended() {},
    ended() {},
    issued(_holding, requestedMs, _completedMs, _errorMs, high, low, count) {
      // Exact: what is cut off is below a tick, and a tick is below 2^53.
      const tick =
        below < 32 ? high * 2 ** (32 - below) + Math.floor(low / 2 ** below) : Math.floor(high / 2 ** (below - 32));
      tell(requestedMs, tick, count);
    },
    refused() {},
    unanswered() {},
    horizon() {},
    faultSeen() {},
    branch() {},
  };
  simulateVirtual(scenario, { signal, onProgress() {}, observers: [observer] });
}
