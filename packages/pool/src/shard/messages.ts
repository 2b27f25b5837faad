import type { MessagePort } from "node:worker_threads";
import type { LayoutOptions, SequenceStart } from "@shardflake/core";
import type { Spread } from "../backfill/spread.js";
import type { ClockSpec } from "../clock-spec.js";
import type { Format } from "../encode/format.js";
import type { WireError } from "../error-wire.js";
import type { Lease } from "../keeper/lease.js";
import type { MachineId } from "../register/register.js";
import type { SharesMemory } from "./shares.js";

/** What a shard's thread is born with. */
export interface ShardBirth {
  /** Its number in the pool. */
  readonly shard: number;
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
  /** What every shard is to issue for this request, and where this one's share stands. */
  readonly shares: SharesMemory;
  readonly place: number;
  readonly format: Format;
  /** How long a tick that nobody spent stays spendable for this request, in milliseconds. */
  readonly spendableMs: number;
  /** The memory that chunks are written into, shared so that nothing is copied or handed back and forth. */
  readonly buffers: readonly SharedArrayBuffer[];
  /** One Int32: not 0 once nobody wants the rest. */
  readonly cancelled: SharedArrayBuffer;
}

/** Asks for the next chunk of an open request; "ended" is the answer for one that is done. */
export interface PullTask {
  readonly kind: "pull";
  readonly request: number;
  /** Number of the buffer to be filled; nobody else touches it until the answer. */
  readonly buffer: number;
}

/** IDs of a past period, numbers `[first, first + count)` of those that its plan spreads over the period. */
export interface BackfillTask {
  readonly kind: "backfill";
  readonly plan: BackfillPlan;
  readonly first: number;
  readonly count: number;
  readonly format: Format;
  readonly buffer: SharedArrayBuffer;
}

/** IDs spread over a period, dealt to machine IDs in ascending order. */
export interface BackfillPlan {
  readonly spread: Spread;
  readonly machineIds: readonly MachineId[];
}

/** Opens the shard's machine IDs; the answer says that it is ready for requests. */
export interface ReadyTask {
  readonly kind: "ready";
}

/** Hands over a port on which the shard's control is exposed; comlink is loaded only then. */
export interface ControlTask {
  readonly kind: "control";
  readonly port: MessagePort;
}

export type ShardTask = ControlTask | ReadyTask | OpenTask | PullTask | BackfillTask;

/** What a shard answers to a task. */
export type ShardAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "opened" }
  | { readonly kind: "ended" }
  | ChunkAnswer
  | { readonly kind: "failed"; readonly error: WireError };

/** Says what was written into the buffer of the task. */
export interface ChunkAnswer {
  readonly kind: "chunk";
  /** Bytes in use. */
  readonly bytes: number;
  /** IDs in the chunk. */
  readonly count: number;
  /** RUN_FIELDS numbers a run, in ascending order: tick, machine key, sequence, count, bytes. */
  readonly runs: Float64Array;
  /** No chunk of this request to come holds a tick at or below it. */
  readonly finishedTick: number;
  /** Whether this was the request's last chunk. */
  readonly last: boolean;
}

/** A chunk of records: the answer, and the memory it speaks of. */
export interface Chunk extends ChunkAnswer {
  readonly buffer: ArrayBufferLike;
}

export const RUN_FIELDS = 5;
