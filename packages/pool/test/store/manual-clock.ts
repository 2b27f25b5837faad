import type { Clock } from "@shardflake/core";

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  wallMs: number;
  monotonicMs = 0;

  constructor(wallMs: number = Date.UTC(2026, 0, 1)) {
    this.wallMs = wallMs;
  }

  /** Time passes, on both clocks. */
  pass(ms: number): void {
    this.wallMs += ms;
    this.monotonicMs += ms;
  }

  /** Somebody sets the wall clock. */
  step(ms: number): void {
    this.wallMs += ms;
  }

  now(): number {
    return this.wallMs;
  }

  monotonic(): number {
    return this.monotonicMs;
  }

  sleep(ms: number): void {
    this.pass(ms);
  }
}
