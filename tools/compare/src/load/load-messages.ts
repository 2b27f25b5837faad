import type { RoleSpec } from "../process/messages.js";

/** What a process of clients is told to do. */
export type ToAgent =
  | { readonly kind: "load"; readonly load: LoadSpec }
  | { readonly kind: "stop" }
  /** News for the source: other servers, for instance. */
  | { readonly kind: "tell"; readonly news: unknown }
  | { readonly kind: "round-trips" };

/** Clients that ask for IDs until enough is enough. */
export interface LoadSpec {
  /** One for each client; seats are dealt out over the servers there are. */
  readonly seats: readonly number[];
  /** IDs of one request. */
  readonly batch: number;
  /** What a client waits between two requests, in milliseconds. */
  readonly pauseMs: number;
  readonly forMs: number;
  /** Of each process; memory is bounded by it. */
  readonly mostRequests: number;
  /** "at-end" leaves the processor to the clients; "as-received" lets what was received survive the process. */
  readonly delivery: "at-end" | "as-received";
}

/** Requests that were answered, in the order in which they were completed. All arrays but the last have one element each. */
export interface Samples {
  readonly client: Uint16Array;
  /** Who issued the IDs. */
  readonly server: Uint16Array;
  /** Monotonic time of the host, in milliseconds. */
  readonly requestedMs: Float64Array;
  readonly completedMs: Float64Array;
  /** IDs of each request. */
  readonly batch: number;
  readonly ids: Ids;
}

/** IDs as they were handed out: numbers of one word, or UUIDs of two, the high one first. */
export interface Ids {
  readonly form: "number" | "uuid";
  readonly words: BigUint64Array;
}

/** How a load ended in one process. */
export interface LoadEnd {
  /** From the first request to the last answer, in seconds. */
  readonly seconds: number;
  /** Requests that were not answered with IDs. */
  readonly failures: number;
  /** Why the first of them failed. */
  readonly failure: string | null;
  readonly roundTrips: number;
}

/** What an agent is made of. */
export interface AgentOptions {
  readonly source: RoleSpec;
}
