import type { SteadyClock } from "@shardflake/core";
import type { HostClock } from "./host-clock.js";

/** Distance of two neighbouring numbers, where they are Unix milliseconds of this century. */
const RESOLUTION_MS = 2 ** -12;

/**
 * The clock that issues in a process: the steady clock under test, with its latest reading kept, from which the error of
 * an ID's time is known without another reading.
 */
export class IssuingClock implements SteadyClock {
  readingMs: number = Number.NaN;
  /** Times that a step back was met and absorbed. */
  absorptions = 0;
  private isAbsorbing = 0;
  private readonly steady: SteadyClock;
  private readonly host: HostClock;

  constructor(steady: SteadyClock, host: HostClock) {
    this.steady = steady;
    this.host = host;
  }

  get steps(): number {
    return this.steady.steps;
  }

  get leadMs(): number {
    return this.steady.leadMs;
  }

  now(): number {
    const readingMs = this.steady.now();
    this.readingMs = readingMs;
    const isAbsorbing = readingMs > this.host.wallMs ? 1 : 0;
    if (isAbsorbing !== this.isAbsorbing) {
      this.isAbsorbing = isAbsorbing;
      this.absorptions += isAbsorbing;
    }
    return readingMs;
  }

  /** Distance of the latest reading from true time, which it was made at, rounded up to what times are exact to. */
  errorMs(): number {
    return Math.abs(this.readingMs - this.host.trueUnixMs) + RESOLUTION_MS;
  }

  monotonic(): number {
    return this.steady.monotonic();
  }

  sleep(ms: number): void {
    this.steady.sleep(ms);
  }
}
