import type { Clock } from "../../src/index.js";

/** How a hostile clock behaves; every list may be empty. */
export interface HostileTimes {
  readonly startMs: number;
  /** What the wall clock reads, one value a reading; afterwards it stands at the last one. */
  readonly wallMs: readonly number[];
  /** The same for monotonic time. */
  readonly monotonicMs: readonly number[];
  /** Milliseconds that really pass in a millisecond of sleep: 0 for a clock that stands still. */
  readonly sleepPace: number;
}

/** Reads whatever it was told, in whatever order; sleep moves it on, or does not. */
export class HostileClock implements Clock {
  private passedMs = 0;
  private wallReads = 0;
  private monotonicReads = 0;
  private readonly times: HostileTimes;
  private readonly whileAsleep: () => void;

  constructor(times: HostileTimes, whileAsleep: () => void) {
    this.times = times;
    this.whileAsleep = whileAsleep;
  }

  now(): number {
    const { wallMs, startMs } = this.times;
    return (wallMs[Math.min(this.wallReads++, wallMs.length - 1)] ?? startMs) + this.passedMs;
  }
  monotonic(): number {
    const { monotonicMs } = this.times;
    return (monotonicMs[Math.min(this.monotonicReads++, monotonicMs.length - 1)] ?? 0) + this.passedMs;
  }
  sleep(ms: number): void {
    this.whileAsleep();
    this.pass(ms * this.times.sleepPace);
  }
  pass(ms: number): void {
    this.passedMs += ms;
  }
}
