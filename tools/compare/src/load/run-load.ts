import type { Agent } from "./agent-process.js";
import type { LoadSpec, Samples } from "./load-messages.js";
import { mergeSamples, type Received } from "./received.js";

/** The same load on several processes. */
export interface Load {
  /** Another process takes part from now on, as many clients as it has seats. */
  join(agent: Agent): void;
  /** Told of everything that is received as it arrives, with its samples. */
  onSamples(listener: (samples: Samples) => void): void;
  /** Ends it, and waits for the requests that are under way. */
  stop(): Promise<LoadResult>;
  /** Waits for its own end. */
  done(): Promise<LoadResult>;
}

export interface LoadResult {
  readonly received: Received;
  /** IDs a second of all processes together, each over its own time. */
  readonly idsPerSecond: number;
  readonly failures: number;
  readonly failure: string | null;
  readonly roundTrips: number;
}

/** Clients at a time, where there are many. */
export const MANY_CLIENTS = 16;

/** A load without its clients: each agent's come from the seats it is given. */
export type SharedLoad = Omit<LoadSpec, "seats">;

/** Clients of a load are numbered through over all processes. */
interface Part {
  readonly agent: Agent;
  readonly samples: Samples[];
  readonly ended: Promise<Pick<LoadResult, "failures" | "failure" | "roundTrips"> & { readonly seconds: number }>;
}

/** @param seats the clients of each agent */
export function startLoad(
  agents: readonly { readonly agent: Agent; readonly seats: readonly number[] }[],
  load: SharedLoad,
): Load {
  const parts: Part[] = [];
  const listeners: ((samples: Samples) => void)[] = [];
  let clients = 0;
  const begin = (agent: Agent, seats: readonly number[]): void => {
    const firstClient = clients;
    clients += seats.length;
    const samples: Samples[] = [];
    const receive = (received: Samples): void => {
      const numbered = { ...received, client: received.client.map((client) => client + firstClient) };
      samples.push(numbered);
      for (const listener of listeners) listener(numbered);
    };
    // Who was killed in the middle has no end to tell; what it sent before counts.
    const ended = agent
      .load({ ...load, seats }, receive)
      .catch(() => ({ seconds: 0, failures: 0, failure: null, roundTrips: 0 }));
    parts.push({ agent, samples, ended });
  };
  for (const { agent, seats } of agents) begin(agent, seats);

  async function done(): Promise<LoadResult> {
    const ends = await Promise.all(parts.map(({ ended }) => ended));
    const idsOf = ({ samples }: Part): number =>
      samples.reduce((sum, { client, batch }) => sum + client.length * batch, 0);
    return {
      received: mergeSamples(parts.map(({ samples }) => samples)),
      idsPerSecond: ends.reduce((sum, { seconds }, i) => sum + (seconds === 0 ? 0 : idsOf(parts[i]!) / seconds), 0),
      failures: ends.reduce((sum, { failures }) => sum + failures, 0),
      failure: ends.find(({ failure }) => failure !== null)?.failure ?? null,
      roundTrips: ends.reduce((sum, { roundTrips }) => sum + roundTrips, 0),
    };
  }
  return {
    join: (agent) => begin(agent, agent.seats),
    onSamples: (listener) => void listeners.push(listener),
    async stop() {
      await Promise.all(parts.map(({ agent }) => agent.stop().catch(() => {})));
      return await done();
    },
    done,
  };
}
