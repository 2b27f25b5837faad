import { type Clock, type SteadyClock, type SteadyClockOptions, steadyClock } from "../../src/index.js";

/** A clock that reads what it was told, and counts how often it was asked. */
export class FakeClock implements Clock {
  wall = 1_000_000;
  mono = 0;
  wallReads = 0;
  monoReads = 0;
  readonly slept: number[] = [];

  now(): number {
    this.wallReads++;
    return this.wall;
  }
  monotonic(): number {
    this.monoReads++;
    return this.mono;
  }
  sleep(ms: number): void {
    this.slept.push(ms);
  }
  /** Time passes: both go on. */
  pass(ms: number): void {
    this.wall += ms;
    this.mono += ms;
  }
}

/** A steady clock that has read its fake clock once. */
export function setUp(options: SteadyClockOptions = {}): { clock: FakeClock; steady: SteadyClock } {
  const clock = new FakeClock();
  const steady = steadyClock(clock, options);
  steady.now();
  return { clock, steady };
}

/** What a call returned, or else what it threw. */
export function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
