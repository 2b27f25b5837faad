import {
  type Clock,
  createGenerator,
  fixedWindow,
  idWriter,
  type Layout,
  steadyClock,
  type Window,
} from "@shardflake/core";
import type { Lane } from "../../src/shard/lane.js";
import type { ChunkAnswer } from "../../src/shard/messages.js";
import { RUN_FIELDS } from "../../src/shard/messages.js";
import type { ShardRequest } from "../../src/shard/request.js";
import { createShard, type Shard } from "../../src/shard/shard.js";

export const START_MS = 1_000_000;

/** Moves only in sleep, by at least as much as was asked for, and by `pass`. */
export class JumpingClock implements Clock {
  ms = START_MS;
  sleeps = 0;
  private readonly jumpsMs: readonly number[];
  /** @param jumpsMs how long each sleep takes at least, used round and round */
  constructor(jumpsMs: readonly number[] = []) {
    this.jumpsMs = jumpsMs;
  }
  now(): number {
    return this.ms;
  }
  monotonic(): number {
    return this.ms - START_MS;
  }
  sleep(ms: number): void {
    const jumpMs = this.jumpsMs[this.sleeps++ % Math.max(1, this.jumpsMs.length)] ?? 0;
    this.pass(Math.max(ms, jumpMs));
  }
  pass(ms: number): void {
    this.ms += ms;
  }
}

/** A shard in this thread: one lane a window, without leases and slots. */
export function fakeShard(layout: Layout, clock: Clock, windows: readonly Window[]): Shard {
  const steady = steadyClock(clock);
  const lanes = windows.map((window, machineId): Lane => {
    const generator = createGenerator({ layout, datacenterId: 0, machineId, clock: steady, window });
    const writer = idWriter(layout, 0, machineId);
    return { lease: undefined as never, generator, writer, machineKey: machineId, showStats: () => {} };
  });
  return createShard(layout, steady, lanes.reverse());
}

/** What a pull answered, with the memory that it filled. */
export type FilledChunk = ReturnType<typeof pull>;

export function pull(request: ShardRequest, ids: number): ChunkAnswer & { readonly buffer: ArrayBuffer } {
  const buffer = new ArrayBuffer(ids * 8);
  return { ...request.pull(buffer), buffer };
}

export function openWindows(lanes: number): Window[] {
  return Array.from({ length: lanes }, () => fixedWindow());
}

/** A window whose limit somebody else raises. */
export class RisingWindow implements Window {
  readonly floor: number;
  limit: number;
  constructor(floor: number, limit: number) {
    this.floor = floor;
    this.limit = limit;
  }
  admit(tick: number): number {
    return Math.min(tick, this.limit);
  }
}

/** The chunk's runs as its consumer reads them. */
export function runsOf({ runs }: ChunkAnswer): { tick: number; machineKey: number; sequence: number; count: number }[] {
  return Array.from({ length: runs.length / RUN_FIELDS }, (_, i) => {
    const [tick, machineKey, sequence, count] = runs.subarray(i * RUN_FIELDS);
    return { tick: tick!, machineKey: machineKey!, sequence: sequence!, count: count! };
  });
}

/** The chunk's IDs; the format must be "ids". */
export function idsOf({ buffer, bytes }: FilledChunk): bigint[] {
  return [...new BigUint64Array(buffer, 0, bytes / 8)];
}
