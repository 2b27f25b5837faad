import type { LayoutOptions, SequenceStart } from "@shardflake/core";
import type { Spread } from "../backfill/spread.js";
import type { ClockSpec } from "../clock-spec.js";
import type { Format } from "../encode/format.js";
import type { WireError } from "../error-wire.js";
import type { Lease } from "../keeper/lease.js";
import type { MachineId } from "../register/register.js";

/** What a shard's thread is born with. */
export interface ShardBirth {
  readonly layout: LayoutOptions;
  readonly leases: readonly Lease[];
  readonly clock: ClockSpec | null;
  readonly sequenceStart: SequenceStart;
  readonly maxWaitMs: number;
}

/** Tells a shard of a request: from now on, in this thread, its ticks may be spent. */
export interface OpenTask {
  readonly kind: "open";
  /** The same number in every task of one request, never used for another. */
  readonly request: number;
  /** How many IDs the shard is to issue for this request in all. */
  readonly share: number;
  readonly format: Format;
  /** One Int32: not 0 once nobody wants the rest. */
  readonly cancelled: SharedArrayBuffer;
}

/** Asks for the next chunk of an open request; "ended" is the answer for one that is done. */
export interface PullTask {
  readonly kind: "pull";
  readonly request: number;
  /** To be filled; comes back with the answer. */
  readonly buffer: ArrayBuffer;
}

/** IDs of a past period, numbers `[first, first + count)` of those that its plan spreads over the period. */
export interface BackfillTask {
  readonly kind: "backfill";
  readonly plan: BackfillPlan;
  readonly first: number;
  readonly count: number;
  readonly format: Format;
  readonly buffer: ArrayBuffer;
}

/** IDs spread over a period, dealt to machine IDs in ascending order. */
export interface BackfillPlan {
  readonly spread: Spread;
  readonly machineIds: readonly MachineId[];
}

export type ShardTask = OpenTask | PullTask | BackfillTask;

/** What a shard answers to a task. */
export type ShardAnswer =
  | { readonly kind: "opened" }
  | { readonly kind: "ended" }
  | ChunkAnswer
  | { readonly kind: "failed"; readonly error: WireError };

/** A chunk of records. */
export interface ChunkAnswer {
  readonly kind: "chunk";
  readonly buffer: ArrayBuffer;
  /** Bytes in use. */
  readonly bytes: number;
  /** IDs in the chunk. */
  readonly count: number;
  /** RUN_FIELDS numbers a run, in ascending order: tick, machine key, sequence, count, bytes. */
  readonly runs: Float64Array;
  /** No chunk of this request to come holds a tick at or below it. */
  readonly finishedTick: number;
}

export const RUN_FIELDS = 5;
