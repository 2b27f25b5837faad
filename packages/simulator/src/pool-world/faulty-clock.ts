import { type Clock, ClockError, steadyClock } from "@shardflake/core";
import type { ClockPlace, ClockSpec } from "@shardflake/pool";
import { type Interruption, interruptionsOf } from "../scenario/interruptions.js";
import type { Scenario } from "../scenario/scenario.js";
import { targetsOf } from "../scenario/targets.js";
import { type ShardTime, shardTime } from "../time/shard-time.js";
import { Board, type BoardMemory } from "./board.js";

/** What {@link createFaultyClock} takes. */
export interface FaultyWorld {
  readonly scenario: Scenario;
  readonly board: BoardMemory;
}

/** The clocks of a pool world, for a pool to make in its threads. */
export function faultyClock(world: FaultyWorld): ClockSpec {
  return { module: import.meta.url, export: "createFaultyClock", options: world };
}

/**
 * A shard's clock reads as the scenario says, and interrupts its thread where it is read: it stands still, or dies, in
 * the middle of whatever it does. The keeper and the caller have a clock that is right.
 */
export function createFaultyClock(options: unknown, place: ClockPlace): Clock {
  const { scenario, board } = options as FaultyWorld;
  const read = new Board(board, scenario);
  return place.kind === "shard" ? new FaultyClock(scenario, read, place.shard) : new TrueClock(scenario, read);
}

const NOBODY = new Int32Array(new SharedArrayBuffer(4));

class TrueClock implements Clock {
  readonly #startMs: number;
  readonly #board: Board;

  constructor({ startMs }: Scenario, board: Board) {
    this.#startMs = startMs;
    this.#board = board;
  }

  now(): number {
    return this.#startMs + this.#board.trueMs();
  }

  monotonic(): number {
    return this.#board.trueMs();
  }

  sleep(ms: number): void {
    Atomics.wait(NOBODY, 0, 0, ms);
  }
}

class FaultyClock implements Clock {
  readonly #startMs: number;
  readonly #board: Board;
  readonly #shard: number;
  readonly #time: ShardTime;
  /** Those still to come, or under way. */
  #interruptions: readonly Interruption[];
  /** Faults that have not shown yet. */
  #unseen: readonly { readonly fault: number; readonly atMs: number }[];
  /** Absorbs the same readings as the shard's own steady clock, so it is off by as much. */
  readonly #issuing: Clock;
  #issuingMs = Number.NEGATIVE_INFINITY;
  #wallMs = 0;
  #monotonicMs = 0;
  /** The steady clock is behind its highest reading and asks for monotonic time next; the thread may be stopped in between. */
  #isHalfRead = false;

  constructor(scenario: Scenario, board: Board, shard: number) {
    this.#startMs = scenario.startMs;
    this.#board = board;
    this.#shard = shard;
    this.#time = shardTime(scenario, shard, "original");
    this.#interruptions = interruptionsOf(scenario, shard).filter(({ kind }) => kind !== "store");
    this.#unseen = scenario.faults.flatMap(({ atMs }, fault) =>
      targetsOf(scenario, fault).includes(shard) ? [{ fault, atMs }] : [],
    );
    this.#issuing = steadyClock({
      now: () => this.#wallMs,
      monotonic: () => this.#monotonicMs,
      sleep: () => {},
    });
  }

  now(): number {
    this.#interrupt();
    const trueMs = this.#board.trueMs();
    // Whole milliseconds, as Date.now() shows.
    this.#wallMs = Math.floor(this.#time.wallMs(trueMs));
    this.#isHalfRead = this.#wallMs < this.#issuingMs;
    if (!this.#isHalfRead) this.#noteError(trueMs);
    this.#noteFaults(trueMs);
    return this.#wallMs;
  }

  monotonic(): number {
    const trueMs = this.#board.trueMs();
    this.#monotonicMs = this.#time.monotonicMs(trueMs);
    if (this.#isHalfRead) this.#noteError(trueMs);
    this.#isHalfRead = false;
    return this.#monotonicMs;
  }

  sleep(ms: number): void {
    Atomics.wait(NOBODY, 0, 0, ms);
    this.#interrupt();
  }

  #interrupt(): void {
    const trueMs = this.#board.trueMs();
    for (const interruption of this.#interruptions) {
      const { kind, fault, fromMs, toMs } = interruption;
      if (fromMs > trueMs) return;
      this.#interruptions = this.#interruptions.filter((other) => other !== interruption);
      const isFirst = this.#board.isFirst(fault, this.#shard);
      if (isFirst) this.#board.see(fault, this.#shard);
      if (kind === "restart" && isFirst) process.exit(1);
      // The thread that comes after one that was killed, and one that is paused, are back when the interval is over.
      if (toMs > trueMs) Atomics.wait(NOBODY, 0, 0, toMs - trueMs);
    }
  }

  #noteError(trueMs: number): void {
    try {
      this.#issuingMs = this.#issuing.now();
      this.#board.noteError(this.#shard, trueMs, Math.abs(this.#issuingMs - (this.#startMs + trueMs)));
    } catch (error) {
      // Whoever issues by this reading is refused as well.
      if (!(error instanceof ClockError)) throw error;
    }
  }

  #noteFaults(trueMs: number): void {
    if (this.#unseen.length === 0) return;
    const seen = this.#unseen.filter(({ fault, atMs }) => atMs <= trueMs && this.#time.shows(fault, trueMs));
    if (seen.length === 0) return;
    for (const { fault } of seen) this.#board.see(fault, this.#shard);
    this.#unseen = this.#unseen.filter((other) => !seen.includes(other));
  }
}
