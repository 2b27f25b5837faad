import type { Clock } from "@shardflake/core";

/** A clock whose source can be put behind it later. Not steady by itself. */
export class ReplaceableClock implements Clock {
  source: Clock;

  constructor(source: Clock) {
    this.source = source;
  }

  now(): number {
    return this.source.now();
  }

  monotonic(): number {
    return this.source.monotonic();
  }

  sleep(ms: number): void {
    this.source.sleep(ms);
  }
}
