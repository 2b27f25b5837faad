import { type Clock, ShardflakeError } from "@shardflake/core";
import type { ShardTime } from "../time/shard-time.js";

/** A clock fault that nobody has seen yet. */
export interface UnseenFault {
  readonly fault: number;
  readonly atMs: number;
}

/** The clock of one host: shows what the scenario's faults make of true time, and notices who could see them. */
export class HostClock implements Clock {
  /** True time since the start of the scenario; whoever drives the host sets it before anything runs there. */
  trueMs = 0;
  /** The latest reading of the wall clock. */
  wallMs: number = Number.NaN;
  private readonly startMs: number;
  private time: ShardTime;
  private unseen: readonly UnseenFault[];
  /** From this time on a reading may show a fault that nobody has seen yet. */
  watchFromMs: number;
  private readonly shown: (fault: number) => void;

  /** @param shown told when a reading shows one of the faults for the first time */
  constructor(startMs: number, time: ShardTime, faults: readonly UnseenFault[], shown: (fault: number) => void) {
    this.startMs = startMs;
    this.time = time;
    this.shown = shown;
    this.unseen = faults;
    this.watchFromMs = earliest(faults);
  }

  get trueUnixMs(): number {
    return this.startMs + this.trueMs;
  }

  now(): number {
    if (this.trueMs >= this.watchFromMs) this.watch();
    // As Date.now() does.
    this.wallMs = Math.floor(this.time.wallMs(this.trueMs));
    return this.wallMs;
  }

  monotonic(): number {
    return this.time.monotonicMs(this.trueMs);
  }

  /** Nobody may block the only thread there is. */
  sleep(): never {
    throw new ShardflakeError("CANNOT_BLOCK", "Expected nobody to sleep in virtual time. Wait for an event instead.");
  }

  /** The copy of a machine wakes up on other hardware. */
  become(time: ShardTime): void {
    this.time = time;
    this.unseen = [];
    this.watchFromMs = Number.POSITIVE_INFINITY;
  }

  private watch(): void {
    const before = this.unseen;
    this.unseen = before.filter(({ fault, atMs }) => {
      if (atMs > this.trueMs || !this.time.shows(fault, this.trueMs)) return true;
      this.shown(fault);
      return false;
    });
    if (this.unseen.length !== before.length) this.watchFromMs = earliest(this.unseen);
  }
}

function earliest(faults: readonly UnseenFault[]): number {
  return faults.reduce((first, { atMs }) => Math.min(first, atMs), Number.POSITIVE_INFINITY);
}
