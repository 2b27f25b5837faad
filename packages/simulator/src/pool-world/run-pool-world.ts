import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { defineLayout, type Layout, ShardflakeError } from "@shardflake/core";
import { createPool, embeddedStore, type Pool, type StoreSpec } from "@shardflake/pool";
import type { Observer } from "../observation/observer.js";
import type { Scenario } from "../scenario/scenario.js";
import { ScenarioError } from "../scenario/scenario-error.js";
import { tellBatch } from "./batch.js";
import { Board } from "./board.js";
import { dueBatch } from "./due-batch.js";
import { type FaultyWorld, faultyClock } from "./faulty-clock.js";
import { faultyStore } from "./faulty-store.js";
import { PoolHoldings } from "./holdings.js";

/** How the pool world is run. */
export interface PoolWorldOptions {
  readonly signal?: AbortSignal;
  /** Told the true time, some times a second. */
  readonly onProgress?: (trueMs: number) => void;
  /** Makes the store that the scenario's troubles stand in front of. @default an embedded store in the directory */
  readonly store?: (directory: string) => StoreSpec;
}

/** Part of the longest wait that is allowed, after which the pool refuses. */
const PATIENCE = 0.7;

/** How often the leases are looked at while a batch is under way, in milliseconds. */
const LOOK_MS = 5;

/**
 * Runs a scenario in real time against the real pool: worker threads, an embedded store on the disk, a keeper in its
 * thread. Each shard has the scenario's clock, which also stops and kills its thread in the middle of batches.
 *
 * @returns whether the scenario was run to its end
 * @throws ScenarioError `SCENARIO_UNSUPPORTED` for faults that this world cannot do
 */
export async function runPoolWorld(
  scenario: Scenario,
  observer: Observer,
  options: PoolWorldOptions = {},
): Promise<"whole" | "early"> {
  checkIsPossible(scenario);
  return inNewDirectory((directory) => runPool(scenario, directory, observer, options));
}

function checkIsPossible({ faults }: Scenario): void {
  const place = faults.findIndex(({ kind }) => kind === "clone");
  if (place === -1) return;
  throw new ScenarioError(
    "SCENARIO_UNSUPPORTED",
    `Expected faults that real threads can suffer, got "clone" at faults[${place}]. Run it in the virtual world.`,
  );
}

async function inNewDirectory<Result>(run: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), "shardflake-pool-world-"));
  try {
    return await run(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function runPool(
  scenario: Scenario,
  directory: string,
  observer: Observer,
  { signal, onProgress = () => {}, store = embeddedStore }: PoolWorldOptions,
): Promise<"whole" | "early"> {
  const layout = defineLayout(scenario.layout);
  const world: FaultyWorld = { scenario, board: Board.allocate(scenario) };
  const board = new Board(world.board, scenario);
  const pool = await createPool({
    shards: scenario.shards,
    layout,
    store: faultyStore(store(directory), world),
    clock: faultyClock(world),
    windowMs: scenario.windowMs,
    // A pool that gives up in time refuses with a code; one that gives up at the bound has stalled.
    waitMs: Math.floor(scenario.bounds.stallMs * PATIENCE),
    ...(signal === undefined ? {} : { signal }),
  });
  const holdings = new PoolHoldings(pool, layout, observer);
  const look = setInterval(() => holdings.look(board.trueMs()), LOOK_MS);
  try {
    board.start();
    holdings.look(0);
    const batches = dueBatch(scenario);
    for (let trueMs = 0; trueMs < scenario.durationMs; trueMs = board.trueMs()) {
      if (signal?.aborted) return "early";
      onProgress(trueMs);
      const count = batches.take(trueMs);
      if (count === 0) await sleep(1);
      else await runBatch({ scenario, layout, board, pool, holdings, observer, signal }, count);
    }
    tellFaults(scenario, board, observer);
    return "whole";
  } finally {
    clearInterval(look);
    await pool.close();
  }
}

interface Running {
  readonly scenario: Scenario;
  readonly layout: Layout;
  readonly board: Board;
  readonly pool: Pool;
  readonly holdings: PoolHoldings;
  readonly observer: Observer;
  readonly signal: AbortSignal | undefined;
}

async function runBatch(running: Running, count: number): Promise<void> {
  const { layout, board, pool, holdings, observer, signal } = running;
  const requestedMs = board.trueMs();
  try {
    const ids = await pool.generate(count, signal === undefined ? {} : { signal });
    const completedMs = board.trueMs();
    holdings.look(completedMs);
    const errorMs = new Map<number, number>();
    const errorOf = (shard: number): number => {
      const known = errorMs.get(shard) ?? board.errorMs(shard, requestedMs, completedMs);
      errorMs.set(shard, known);
      return known;
    };
    tellBatch(ids, { requestedMs, completedMs }, layout, holdings, ({ shard }) => errorOf(shard), observer);
  } catch (error) {
    if (signal?.aborted) return;
    // A batch is everybody's: the first shard stands for all.
    const code = error instanceof ShardflakeError ? error.code : null;
    observer.refused(0, requestedMs, board.trueMs(), count, code);
  }
}

function tellFaults({ faults, shards, durationMs }: Scenario, board: Board, observer: Observer): void {
  for (let fault = 0; fault < faults.length; fault++) {
    for (let shard = 0; shard < shards; shard++) {
      if (board.isSeen(fault, shard)) observer.faultSeen(fault, shard, durationMs);
    }
  }
}
