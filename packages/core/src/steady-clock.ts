import type { Clock } from "./clock.js";
import { ClockError, describeValue, ShardflakeError } from "./errors.js";

/** What {@link steadyClock} takes. */
export interface SteadyClockOptions {
  /**
   * The longest distance ahead of the wall clock, in milliseconds, at which the clock still answers. The default
   * covers a leap second and what a host without time synchronisation drifts in more than five hours at NTP's limit
   * of 500 ppm, and bounds the error of a timestamp to 10 s, absorbed in 20. A greater step is an operator's mistake
   * or a broken source: better to stop than to stamp it.
   * @default 10_000
   */
  readonly toleranceMs?: number;
}

/** A clock that never goes backwards. */
export interface SteadyClock extends Clock {
  /**
   * Unix milliseconds, never less than the reading before.
   * @throws ClockError `CLOCK_STEPPED_BACK` while the wall clock is further behind than the tolerance, with
   * `retryAfterMs`; `CLOCK_UNREADABLE` when the wall clock gives no finite number
   */
  now(): number;
  /** Steps back of the wall clock seen so far, absorbed or refused. */
  readonly steps: number;
  /** Milliseconds by which the latest reading is ahead of the wall clock: 0 unless a step is being absorbed. */
  readonly leadMs: number;
}

/**
 * Makes a clock that never goes backwards out of one that may. While the wall clock is behind the highest reading, the
 * readings go on from there on monotonic time at half rate; as the wall clock runs at full rate, a step back of S is
 * absorbed within 2 S, and no reading is ahead of the wall by more than the steps not yet absorbed.
 *
 * A wall clock further behind than `toleranceMs` makes every call throw until it is back within (by itself, as it
 * runs, or because it was set right). So one wrong reading far in the future stops the clock: readings cannot be
 * taken back, and passing on a wrong time would be worse. Monotonic time is trusted only so far: a reading that is
 * not finite or went backwards counts as no time passed, and none can push the lead past the tolerance.
 *
 * @throws ShardflakeError `OPTION_INVALID` unless `toleranceMs` is a finite number of at least 0
 */
export function steadyClock(clock: Clock, options: SteadyClockOptions = {}): SteadyClock {
  const { toleranceMs = 10_000 } = options;
  if (typeof toleranceMs !== "number" || !(toleranceMs >= 0 && toleranceMs < Number.POSITIVE_INFINITY)) {
    throw new ShardflakeError(
      "OPTION_INVALID",
      `Expected \`toleranceMs\` to be a finite number of at least 0, got ${describeValue(toleranceMs)}.`,
    );
  }
  return new AbsorbingClock(clock, toleranceMs);
}

class AbsorbingClock implements SteadyClock {
  readonly #clock: Clock;
  readonly #toleranceMs: number;
  /** The highest reading given out. The start value is the least number that `-Infinity` is not at or above. */
  #highest = -Number.MAX_VALUE;
  /** Whether the wall clock was behind `#highest` at the last read; only then `#behindWall` has a meaning. */
  #behind = false;
  #behindWall = 0;
  /**
   * Where the half-rate line starts. A fixed start, because adding up half steps would lose them: near 1.7e12 a number
   * has a resolution of 0.0002 ms, which is longer than half the time between two fast reads.
   */
  #anchorReading = 0;
  #anchorMonotonic = Number.NaN;
  #steps = 0;

  constructor(clock: Clock, toleranceMs: number) {
    this.#clock = clock;
    this.#toleranceMs = toleranceMs;
  }

  get steps(): number {
    return this.#steps;
  }

  get leadMs(): number {
    return this.#behind ? this.#highest - this.#behindWall : 0;
  }

  now(): number {
    const wall = this.#clock.now();
    if (wall >= this.#highest && wall <= Number.MAX_VALUE && typeof wall === "number") {
      this.#behind = false;
      this.#highest = wall;
      return wall;
    }
    return this.#readBehind(wall);
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  sleep(ms: number): void {
    this.#clock.sleep(ms);
  }

  #readBehind(wall: number): number {
    if (!Number.isFinite(wall)) throw unreadable(wall);
    const previousWall = this.#behind ? this.#behindWall : this.#highest;
    if (wall < previousWall) this.#steps++;
    // NaN: no line yet. A new one starts at the first read after a step, and again after a refusal.
    if (!this.#behind) this.#anchorMonotonic = Number.NaN;
    this.#behind = true;
    this.#behindWall = wall;

    const leadMs = this.#highest - wall;
    if (leadMs > this.#toleranceMs) {
      this.#anchorMonotonic = Number.NaN;
      throw steppedBack(leadMs, this.#toleranceMs);
    }
    return this.#advance(wall + this.#toleranceMs);
  }

  /** Moves `#highest` along the half-rate line, up to `most`. */
  #advance(most: number): number {
    const monotonic = this.#clock.monotonic();
    if (!Number.isFinite(monotonic)) return this.#highest;
    const reading = this.#anchorReading + (monotonic - this.#anchorMonotonic) / 2;
    if (reading >= this.#highest && reading <= most) {
      this.#highest = reading;
      return reading;
    }
    // No line yet, monotonic time went backwards, or it ran away: a new line starts from what may be given out.
    if (reading > most && most > this.#highest) this.#highest = most;
    this.#anchorReading = this.#highest;
    this.#anchorMonotonic = monotonic;
    return this.#highest;
  }
}

function unreadable(wall: unknown): ClockError {
  return new ClockError(
    "CLOCK_UNREADABLE",
    `Expected the wall clock to give Unix milliseconds as a finite number, got ${describeValue(wall)}. ` +
      "Check the clock that was handed in.",
  );
}

function steppedBack(leadMs: number, toleranceMs: number): ClockError {
  const retryAfterMs = Math.ceil(leadMs - toleranceMs);
  return new ClockError(
    "CLOCK_STEPPED_BACK",
    `Expected a wall clock at most ${toleranceMs} ms behind its highest reading, got one ${leadMs} ms behind. ` +
      `Set the clock right, or wait ${retryAfterMs} ms: it recovers by itself.`,
    { retryAfterMs },
  );
}
