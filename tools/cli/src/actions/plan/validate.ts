import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Layout } from "@shardflake/core";
import { backlogOf, exhaustionOf, type Load, waitOf } from "@shardflake/core/capacity";
import { createPool, embeddedStore } from "@shardflake/pool";
import {
  agrees,
  type Estimate,
  measuredCeiling,
  measuredQueue,
  type QueueEstimates,
  simulatedCeiling,
  simulatedQueue,
} from "@shardflake/simulator";
import { InputError } from "../../input-error.js";

/** A value as it is predicted, as it came out of the virtual world, and as the real pool showed it. */
export interface Comparison {
  readonly name: "exhaustionProbability" | "meanBacklogIds" | "meanWaitTicks" | "ceilingPerMachinePerSecond";
  readonly predicted: number;
  readonly simulated: Estimate;
  readonly simulatedAgrees: boolean;
  /** null where a few seconds have too few ticks. */
  readonly measured: Estimate | null;
  readonly measuredAgrees: boolean | null;
}

const SEED = 1;
/** Simulated requests: a few seconds of work. */
const REQUESTS = 1e6;
const MEASURED_MS = 4000;
/** Fewer ticks than this make no batches worth the name. */
const LEAST_MEASURED_TICKS = 210;
/** A ceiling is a bound, and a busy machine may miss it: so much of it must be reached. */
const LEAST_OF_CEILING = 0.99;

/**
 * Puts one machine ID of the layout under its part of the load, in the virtual world and in a real pool, and compares what
 * came out with what was predicted.
 *
 * @throws InputError `USAGE` when the load is above 99.9 % of the ceiling, where nothing is predicted
 */
export async function validate(layout: Layout, load: Load, signal: AbortSignal): Promise<readonly Comparison[]> {
  const { idsPerTick, tickMs } = layout;
  const idsPerSecond = load.idsPerSecond / load.machinesInUse;
  const mean = (idsPerSecond * tickMs) / 1000;
  const [backlog, wait] = [backlogOf(mean, idsPerTick), waitOf(mean, idsPerTick)];
  if (backlog.kind === "unstable" || wait.kind === "unstable") {
    throw new InputError(
      "USAGE",
      `Expected a load of at most 99.9 % of the ceiling for --validate, got ${(mean / idsPerTick) * 100} %. Lower --rate or use more --machines.`,
    );
  }
  const options = { requests: REQUESTS, seed: SEED, signal };
  const simulated = {
    queue: simulatedQueue(layout, idsPerSecond, options),
    ceiling: simulatedCeiling(layout, options),
  };
  signal.throwIfAborted();
  const measured = MEASURED_MS / tickMs < LEAST_MEASURED_TICKS ? null : await measure(layout, idsPerSecond, signal);
  const compare = (
    name: Comparison["name"],
    predicted: number,
    of: (result: { readonly queue: QueueEstimates; readonly ceiling: Estimate }) => Estimate,
  ): Comparison => {
    const [inVirtual, inPool] = [of(simulated), measured === null ? null : of(measured)];
    return {
      name,
      predicted,
      simulated: inVirtual,
      simulatedAgrees: agrees(predicted, inVirtual),
      measured: inPool,
      measuredAgrees: inPool === null ? null : agrees(predicted, inPool),
    };
  };
  const ceiling = (idsPerTick * 1000) / tickMs;
  const ceilings = compare("ceilingPerMachinePerSecond", ceiling, (result) => result.ceiling);
  const isReached = (estimate: Estimate): boolean =>
    estimate.mean <= ceiling * (1 + 1e-9) && estimate.mean >= LEAST_OF_CEILING * ceiling;
  return [
    compare("exhaustionProbability", exhaustionOf(mean, idsPerTick).probability, ({ queue }) => queue.exhaustion),
    compare("meanBacklogIds", backlog.meanIds, ({ queue }) => queue.backlogIds),
    compare("meanWaitTicks", wait.meanTicks, ({ queue }) => queue.waitTicks),
    {
      ...ceilings,
      simulatedAgrees: isReached(ceilings.simulated),
      measuredAgrees: ceilings.measured === null ? null : isReached(ceilings.measured),
    },
  ];
}

/** In registers of its own: nobody's machine IDs are spent on this. */
async function measure(
  layout: Layout,
  idsPerSecond: number,
  signal: AbortSignal,
): Promise<{ readonly queue: QueueEstimates; readonly ceiling: Estimate }> {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-validate-"));
  try {
    const queuePool = await createPool({ layout, shards: 0, store: embeddedStore(directory), signal });
    const queue = await measuredQueue(queuePool, idsPerSecond, { forMs: MEASURED_MS, seed: SEED, signal }).finally(() =>
      queuePool.close(),
    );
    const ceilingPool = await createPool({ layout, shards: 1, store: embeddedStore(directory), signal });
    const ceiling = await measuredCeiling(ceilingPool, { forMs: MEASURED_MS / 4, seed: SEED, signal }).finally(() =>
      ceilingPool.close(),
    );
    return { queue, ceiling };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
