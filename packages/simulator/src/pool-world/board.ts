import type { Scenario } from "../scenario/scenario.js";

/** What the threads of a pool world share. Structured-cloneable. */
export type BoardMemory = SharedArrayBuffer;

/** How long the errors of a clock are put together, in milliseconds. */
const SLICE_MS = 10;
/** After its scenario a pool still answers what was asked of it. */
const SLACK_MS = 30_000;

/** Elements of the first part, a BigInt64Array: the true start, in nanoseconds of the monotonic clock of this machine. */
const START = 0;
const HEAD_BYTES = 8;
const NOT_STARTED = 0n;

/**
 * The memory through which clocks and store of a pool world act in the middle of busy batches, and through which they
 * tell what they did: when the scenario began, which faults showed, and how far each shard's issuing clock was off.
 */
export class Board {
  readonly #start: BigInt64Array;
  readonly #seen: Int32Array;
  readonly #once: Int32Array;
  readonly #errorsMs: Float64Array;
  readonly #shards: number;
  readonly #slices: number;

  constructor(memory: BoardMemory, scenario: Scenario) {
    const { faults, shards } = scenario;
    const places = faults.length * shards;
    this.#shards = shards;
    this.#slices = slicesOf(scenario);
    this.#start = new BigInt64Array(memory, 0, 1);
    this.#errorsMs = new Float64Array(memory, HEAD_BYTES, shards * this.#slices);
    this.#seen = new Int32Array(memory, HEAD_BYTES + this.#errorsMs.byteLength, places);
    this.#once = new Int32Array(memory, HEAD_BYTES + this.#errorsMs.byteLength + places * 4, places);
  }

  static allocate(scenario: Scenario): BoardMemory {
    const { faults, shards } = scenario;
    return new SharedArrayBuffer(HEAD_BYTES + shards * slicesOf(scenario) * 8 + 2 * faults.length * shards * 4);
  }

  /** The scenario begins now. */
  start(): void {
    Atomics.store(this.#start, START, process.hrtime.bigint());
  }

  /** True time since the start of the scenario; 0 before it. The monotonic clock of the machine is the true time here. */
  trueMs(): number {
    const startNs = Atomics.load(this.#start, START);
    return startNs === NOT_STARTED ? 0 : Number(process.hrtime.bigint() - startNs) / 1e6;
  }

  /** A fault showed at a shard. */
  see(fault: number, shard: number): void {
    Atomics.store(this.#seen, fault * this.#shards + shard, 1);
  }

  isSeen(fault: number, shard: number): boolean {
    return Atomics.load(this.#seen, fault * this.#shards + shard) === 1;
  }

  /** True for the first who asks, in whatever thread: what happens once in a scenario happens to it. */
  isFirst(fault: number, shard: number): boolean {
    return Atomics.exchange(this.#once, fault * this.#shards + shard, 1) === 0;
  }

  /** The issuing clock of a shard was this far from true time. */
  noteError(shard: number, trueMs: number, errorMs: number): void {
    const at = shard * this.#slices + this.#slice(trueMs);
    if (errorMs > this.#errorsMs[at]!) this.#errorsMs[at] = errorMs;
  }

  /** The largest distance from true time of a shard's issuing clock in an interval, to its slices' ends. */
  errorMs(shard: number, fromMs: number, toMs: number): number {
    const first = shard * this.#slices + this.#slice(fromMs);
    const last = shard * this.#slices + this.#slice(toMs);
    let mostMs = 0;
    for (let at = first; at <= last; at++) mostMs = Math.max(mostMs, this.#errorsMs[at]!);
    return mostMs;
  }

  #slice(trueMs: number): number {
    return Math.min(Math.max(Math.floor(trueMs / SLICE_MS), 0), this.#slices - 1);
  }
}

function slicesOf({ durationMs }: Scenario): number {
  return Math.ceil((durationMs + SLACK_MS) / SLICE_MS);
}
