import type { LayoutOptions } from "@shardflake/core";
import type { Fault } from "./fault.js";

/** Version of the document; a scenario with a newer one is refused. */
export const SCENARIO_FORMAT = 1;

/** How requests arrive, over all shards together. */
export type Load =
  /** Evenly spaced. */
  | { readonly kind: "steady"; readonly idsPerSecond: number }
  | { readonly kind: "poisson"; readonly idsPerSecond: number }
  /** So many IDs at once on every shard, every so often. */
  | { readonly kind: "burst"; readonly ids: number; readonly everyMs: number }
  /** Every shard always asks for more. */
  | { readonly kind: "saturating" };

/** What counts as unavailable. */
export interface Bounds {
  /** A request that is answered later than this is a stall too long. */
  readonly stallMs: number;
  /** Least share of requests that must be served, 0 to 1. */
  readonly served: number;
  /** After the last fault, requests must be served again within this time. */
  readonly recoveryMs: number;
}

/** The replayable artefact of a simulation: everything that happens follows from it. */
export interface Scenario {
  readonly format: typeof SCENARIO_FORMAT;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** True time at the start, Unix milliseconds. */
  readonly startMs: number;
  readonly durationMs: number;
  /** Each shard has a clock, a process and one machine ID of its own. */
  readonly shards: number;
  readonly layout: LayoutOptions;
  readonly windowMs: number;
  readonly load: Load;
  readonly faults: readonly Fault[];
  readonly bounds: Bounds;
}
