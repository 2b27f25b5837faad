import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../database/databases.js";
import type { Running } from "../designs/design.js";
import type { Agent } from "../load/agent-process.js";
import type { Received } from "../load/received.js";
import { type Load, type LoadResult, MANY_CLIENTS, type SharedLoad, startLoad } from "../load/run-load.js";

/** A running design under measurement. */
export interface Trial {
  readonly running: Running;
  /** How long all loads on one design take together, about, in milliseconds. */
  readonly budgetMs: number;
  /** Rows of the table for each kind of ID. */
  readonly rows: number;
  readonly signal: AbortSignal;
  /** The database that rows are inserted into. */
  readonly tables: Database;
  /** Everything received so far that the promise of uniqueness covers. */
  readonly received: Received[];
}

/** Memory is bounded by it: of each process of clients. */
const MOST_REQUESTS = 400_000;

/** Requests without a pause, as fast as clients can. */
export const FULL_SPEED: Omit<SharedLoad, "forMs"> = {
  batch: 1,
  pauseMs: 0,
  mostRequests: MOST_REQUESTS,
  delivery: "at-end",
};

/** Requests at the pace of a service's, until it is stopped: what happens to them matters, not how many there are. */
const STEADY: SharedLoad = {
  batch: 1,
  pauseMs: 1,
  forMs: Number.POSITIVE_INFINITY,
  mostRequests: Number.POSITIVE_INFINITY,
  delivery: "as-received",
};

/** Deals clients out over the processes of a design. */
function seatsFor(agents: readonly Agent[], clients: number): { agent: Agent; seats: number[] }[] {
  return agents
    .map((agent, i) => {
      const own = Math.ceil((clients - i) / agents.length);
      return { agent, seats: Array.from({ length: own }, (_, seat) => agent.seats[seat % agent.seats.length]!) };
    })
    .filter(({ seats }) => seats.length > 0);
}

/** Runs a load to its end and keeps what was received. @throws Error when nothing was received */
export async function runToEnd(trial: Trial, clients: number, load: SharedLoad): Promise<LoadResult> {
  trial.signal.throwIfAborted();
  const result = await startLoad(seatsFor(trial.running.agents(), clients), load).done();
  trial.received.push(result.received);
  if (result.received.requests === 0) throw new Error(result.failure ?? "nothing was received");
  return result;
}

/** What one part of a steady load takes of the budget. */
const STEADY_SHARE = 0.05;

/** What clients go on for afterwards, if that is longer. */
export interface After {
  readonly ids: number;
  readonly atMostMs: number;
}

export const NO_MORE: After = { ids: 0, atMostMs: 0 };

/** Lets clients go on for a while, does something under them, and lets them go on for another while. */
export async function underSteadyLoad(
  trial: Trial,
  act: (load: Load) => Promise<void>,
  after: After = NO_MORE,
): Promise<LoadResult> {
  const { running, budgetMs, signal } = trial;
  const load = startLoad(seatsFor(running.agents(), MANY_CLIENTS), STEADY);
  try {
    await sleep(budgetMs * STEADY_SHARE, undefined, { signal });
    await act(load);
    await Promise.all([sleep(budgetMs * STEADY_SHARE, undefined, { signal }), received(load, after)]);
  } catch (error) {
    // Nobody waits for clients that may never get an answer.
    load.stop().catch(() => {});
    throw error;
  }
  return await load.stop();
}

/** Waits until so many more IDs have been received, or the time is over. */
async function received(load: Load, { ids, atMostMs }: After): Promise<void> {
  let missing = ids;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, atMostMs);
    load.onSamples(({ client }) => {
      missing -= client.length;
      if (missing > 0) return;
      clearTimeout(timer);
      resolve();
    });
  });
}
