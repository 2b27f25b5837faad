import { LOW_HALF } from "./byte-order.js";
import type { Clock } from "./clock.js";
import { ClockError, describeValue, LayoutError, ShardflakeError } from "./errors.js";
import type { Generator, GeneratorStats } from "./generator.js";
import { checkLayout, checkWait, type GeneratorOptions } from "./generator-options.js";
import { type IdWriter, idWriter } from "./id-writer.js";
import { type Layout, tickAt, tickStartMs } from "./layout.js";
import { tickOfReading } from "./reading.js";
import type { Run } from "./run.js";
import { sequenceStarts } from "./sequence-start.js";
import { steadyClock } from "./steady-clock.js";
import { systemClock } from "./system-clock.js";
import { halvesOf } from "./view.js";
import { checkFloor, fixedWindow, type Window } from "./window.js";

/** Shortest sleep, in milliseconds: a clock in whole milliseconds hides how much of its tick is over. */
const SHORTEST_SLEEP_MS = 0.25;
/** How often an exhausted window is looked at again, in milliseconds. */
const WINDOW_POLL_MS = 5;

/**
 * A generator for one machine ID.
 *
 * @example
 * ```ts
 * import { createGenerator, presets } from "@shardflake/core";
 *
 * const generator = createGenerator({ layout: presets.shardflake, datacenterId: 0, machineId: 7 });
 * console.log(generator.next() < generator.next()); // true
 * ```
 * @throws LayoutError `LAYOUT_INVALID` for what defineLayout() did not return, `SECTION_OUT_OF_RANGE` when the machine ID
 * does not fit, `EPOCH_IN_FUTURE` when the clock is before the epoch, `LIFETIME_OVER` when it is past the last tick
 * @throws ClockError `CLOCK_UNREADABLE`
 * @throws ShardflakeError `OPTION_INVALID`
 */
export function createGenerator(options: GeneratorOptions): Generator {
  return new WindowedGenerator(options);
}

class WindowedGenerator implements Generator {
  readonly layout: Layout;
  readonly datacenterId: number;
  readonly machineId: number;
  private readonly clock: Clock;
  private readonly window: Window;
  private readonly writer: IdWriter;
  private readonly maxWaitMs: number;
  private readonly startSequence: () => number;
  private readonly delay: (ms: number) => Promise<void>;

  lastTick: number;
  /** First Unix millisecond after lastTick; a reading below it belongs to lastTick or to the past. */
  private lastTickEndMs: number;
  nextSequence: number;
  private readonly sequenceEnd: number;
  private low = 0;
  private readonly id = new BigUint64Array(1);
  private readonly idHalves = new Uint32Array(this.id.buffer);
  private issuedBefore = 0;
  private tickSequence: number;
  private waits = 0;

  constructor(options: GeneratorOptions) {
    this.layout = checkLayout(options.layout);
    this.datacenterId = options.datacenterId;
    this.machineId = options.machineId;
    this.writer = idWriter(options.layout, options.datacenterId, options.machineId);
    this.clock = options.clock ?? steadyClock(systemClock);
    this.window = options.window ?? fixedWindow();
    this.maxWaitMs = checkWait(options.maxWaitMs ?? 20_000);
    this.startSequence = sequenceStarts(options.layout, options.sequenceStart, options.random);
    this.delay = options.delay ?? defaultDelay;
    this.lastTick = checkFloor(this.window.floor);
    this.lastTickEndMs = tickStartMs(this.layout, this.lastTick + 1);
    this.sequenceEnd = this.layout.idsPerTick;
    this.nextSequence = this.sequenceEnd;
    this.tickSequence = this.sequenceEnd;
    tickOfReading(this.layout, this.clock.now());
  }

  next(): bigint {
    const isInTick = this.clock.now() < this.lastTickEndMs && this.nextSequence < this.sequenceEnd;
    if (isInTick && this.window.floor < this.lastTick) {
      this.idHalves[LOW_HALF] = this.low + this.nextSequence++;
      return this.id[0]!;
    }
    return this.nextInNewTick();
  }

  tryNext(): bigint | undefined {
    return this.readyMs() === 0 ? this.take() : undefined;
  }

  async nextAsync(): Promise<bigint> {
    const wait = this.waiting();
    for (let ms = this.readyMs(); ms !== 0; ms = this.readyMs()) await this.delay(wait(ms));
    return this.take();
  }

  nextNumber(): number {
    if (!this.layout.fitsNumber) {
      throw new LayoutError(
        "NUMBER_INEXACT",
        `Expected a layout of at most 53 bits for nextNumber(), got ${this.layout.totalBits}. Use next().`,
      );
    }
    this.next();
    return this.idHalves[1 - LOW_HALF]! * 2 ** 32 + this.idHalves[LOW_HALF]!;
  }

  reserve(count: number, sinceMs: number): Run[] {
    const now = tickOfReading(this.layout, this.clock.now());
    const since = tickAt(this.layout, sinceMs);
    checkCount(count);
    // A NaN or later `since` must never widen what may be issued.
    return this.spend(count, since <= now ? since : now, now);
  }

  reserveTick(count: number, tick: number): number {
    checkTick(tick, this.layout);
    checkCount(count);
    // What is left of a last tick after this one is not asked for.
    if (count === 0 || this.lastTick > tick) return 0;
    if (this.lastTick === tick) this.passFloor();
    else if (this.admit(tick) >= tick) this.enterTick(tick);
    else return 0;
    const reserved = Math.min(count, this.sequenceEnd - this.nextSequence);
    this.nextSequence += reserved;
    return reserved;
  }

  fill(view: BigUint64Array): void {
    const halves = halvesOf(view);
    const sinceMs = this.clock.now();
    let filled = 0;
    let wait = this.waiting();
    for (;;) {
      const runs = this.reserve(view.length - filled, sinceMs);
      for (const run of runs) {
        this.writer.write(halves, filled, run);
        filled += run.count;
      }
      if (filled === view.length) return;
      if (runs.length > 0) wait = this.waiting();
      const tickLeftMs = this.lastTickEndMs - this.clock.now();
      if (tickLeftMs > 0) this.clock.sleep(wait(tickLeftMs));
      else if (runs.length === 0) this.clock.sleep(wait(WINDOW_POLL_MS));
    }
  }

  stats(): GeneratorStats {
    const issued = this.issuedBefore + this.nextSequence - this.tickSequence;
    return { issued, waits: this.waits };
  }

  private nextInNewTick(): bigint {
    const wait = this.waiting();
    for (let ms = this.readyMs(); ms !== 0; ms = this.readyMs()) this.clock.sleep(wait(ms));
    return this.take();
  }

  private take(): bigint {
    this.idHalves[LOW_HALF] = this.low + this.nextSequence++;
    return this.id[0]!;
  }

  /** 0 when an ID may be taken now, otherwise how long to wait before it is worth asking again, in milliseconds. */
  private readyMs(): number {
    const ms = this.clock.now();
    const tick = tickAt(this.layout, ms);
    if (tick <= this.lastTick) {
      this.passFloor();
      if (this.nextSequence < this.sequenceEnd) return 0;
      if (tick >= 0) return Math.max(this.lastTickEndMs - ms, SHORTEST_SLEEP_MS);
    }
    // Outside the layout there is only an error to be thrown, which says what is wrong.
    if (!(tick >= 0 && tick <= this.layout.maxTick)) tickOfReading(this.layout, ms);
    // An ID below the tick of its request would not be honest, so part of a window is as good as none.
    if (!(this.admit(tick) >= tick)) return WINDOW_POLL_MS;
    this.enterTick(tick);
    return 0;
  }

  /** The highest tick above `lastTick` that may be entered, up to this one; the floor is looked at last. */
  private admit(tick: number): number {
    const admitted = this.window.admit(tick);
    this.passFloor();
    return admitted > this.lastTick ? admitted : Number.NEGATIVE_INFINITY;
  }

  /** Whatever is left of ticks that the floor has reached is given up. */
  private passFloor(): void {
    const { floor } = this.window;
    if (floor < this.lastTick || (floor === this.lastTick && this.nextSequence === this.sequenceEnd)) return;
    this.issuedBefore += this.nextSequence - this.tickSequence;
    this.nextSequence = this.sequenceEnd;
    this.tickSequence = this.sequenceEnd;
    this.lastTick = floor;
    this.lastTickEndMs = tickStartMs(this.layout, floor + 1);
  }

  /** Bounds the waits of one call and names the reason when the bound is passed. */
  private waiting(): (ms: number) => number {
    const boundMs = this.maxWaitMs + this.layout.tickMs;
    let startMs = 0;
    let askedMs = 0;
    return (ms) => {
      const now = this.clock.monotonic();
      if (askedMs === 0) {
        startMs = now;
        this.waits++;
      }
      // Sleep that was asked for counts too: a monotonic clock that stands still must not make a wait endless.
      if (ms > boundMs || now - startMs > boundMs || askedMs > boundMs) throw this.waitedTooLong(ms);
      // The tick may end sooner than whole milliseconds show, so the last part is slept in small pieces.
      const pieceMs = ms > 1 ? ms - 0.5 : SHORTEST_SLEEP_MS;
      askedMs += pieceMs;
      return pieceMs;
    };
  }

  private waitedTooLong(ms: number): ShardflakeError {
    if (tickAt(this.layout, this.clock.now()) > this.lastTick) {
      return new ShardflakeError(
        "WINDOW_EXHAUSTED",
        `Expected the window of machine ID ${this.datacenterId}/${this.machineId} to be extended within ` +
          `${this.maxWaitMs} ms, got no extension. Check that the store can be reached.`,
        { retryAfterMs: this.maxWaitMs },
      );
    }
    return new ClockError(
      "CLOCK_BEHIND",
      `Expected the clock to pass tick ${this.lastTick}, the last one issued, within ${this.maxWaitMs} ms, got a clock ` +
        `${Math.ceil(ms)} ms behind it. Correct the clock or wait.`,
      { retryAfterMs: ms },
    );
  }

  /** `fromTick` may be anything at or below `toTick`, which is a tick of the layout. */
  private spend(count: number, fromTick: number, toTick: number): Run[] {
    const runs: Run[] = [];
    let wanted = count;
    if (this.lastTick >= fromTick) {
      this.passFloor();
      wanted -= this.takeRun(wanted, runs);
    }
    if (wanted === 0) return runs;
    const first = Math.max(this.lastTick + 1, fromTick);
    if (first > toTick) return runs;
    // Ask only for the ticks that the request needs: what is admitted counts as spent.
    const needed = first + Math.ceil(wanted / this.sequenceEnd) - 1;
    let admitted = this.admit(Math.min(toTick, needed));
    for (let tick = Math.max(first, this.lastTick + 1); tick <= admitted && wanted > 0; tick++) {
      this.enterTick(tick);
      wanted -= this.takeRun(wanted, runs);
      // A random start leaves a tick short of the estimate; the next one is asked for when it is needed.
      if (tick === admitted && wanted > 0 && tick < toTick) admitted = this.admit(tick + 1);
    }
    return runs;
  }

  private enterTick(tick: number): void {
    const base = this.writer.base(tick);
    this.issuedBefore += this.nextSequence - this.tickSequence;
    this.idHalves[1 - LOW_HALF] = base.high;
    this.low = base.low;
    this.lastTick = tick;
    this.lastTickEndMs = tickStartMs(this.layout, tick + 1);
    this.nextSequence = this.startSequence();
    this.tickSequence = this.nextSequence;
  }

  private takeRun(wanted: number, runs: Run[]): number {
    const count = Math.min(wanted, this.sequenceEnd - this.nextSequence);
    if (count <= 0) return 0;
    runs.push({ tick: this.lastTick, sequence: this.nextSequence, count });
    this.nextSequence += count;
    return count;
  }
}

function checkTick(tick: unknown, { maxTick }: Layout): void {
  if (typeof tick === "number" && Number.isInteger(tick) && tick >= 0 && tick <= maxTick) return;
  throw new LayoutError(
    "SECTION_OUT_OF_RANGE",
    `Expected \`tick\` to be an integer from 0 to ${maxTick} in this layout, got ${describeValue(tick)}.`,
  );
}

function checkCount(count: unknown): void {
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return;
  throw new ShardflakeError(
    "COUNT_INVALID",
    `Expected \`count\` to be an integer from 0 to 2^53 - 1, got ${describeValue(count)}.`,
  );
}

/** The one timer every JavaScript host has; no Node import. */
declare function setTimeout(callback: () => void, ms: number): unknown;

function defaultDelay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
