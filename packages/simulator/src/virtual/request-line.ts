import {
  ClockError,
  type IdWriter,
  idWriter,
  type Layout,
  LOW_HALF,
  ShardflakeError,
  tickAt,
  tickStartMs,
} from "@shardflake/core";
import type { Arrivals } from "../load/arrivals.js";
import type { Load } from "../scenario/scenario.js";
import type { IssuingGenerator } from "./build.js";
import type { Foresight } from "./foresight.js";
import type { HostClock } from "./host-clock.js";
import { InHand } from "./in-hand.js";
import type { VirtualProcess } from "./virtual-process.js";
import type { Witness } from "./witness.js";

/** How long a request waits before it is refused: the generator's default. */
const MAX_WAIT_MS = 20_000;
/** Shortest wait for a tick, and how often an exhausted window is looked at again: as the generator waits. */
const SHORTEST_WAIT_MS = 0.25;
const WINDOW_POLL_MS = 5;
/** A batch sleeps this long at most before it takes the ticks that have come up: as a shard's request does. */
const LONGEST_SLEEP_MS = 35;
/** Whoever always asks for more asks for so many ticks at a time, */
const SATURATING_TICKS = 8;
/** and this long after a refusal. */
const ASK_AGAIN_MS = 10;

/** Refusal of a request that the process never came to look at: it stood still. */
const NEVER_SERVED = "REQUEST_EXPIRED";

const ID = new BigUint64Array(1);
const HALVES = new Uint32Array(ID.buffer);

/**
 * The requests of one process, one after the other: the first is served or waits, and the others wait behind it and need
 * no memory, as it is known at any time when they arrived. A request for one ID takes the next one; for several, it is a
 * reservation that begins when the request comes first.
 */
export class RequestLine {
  readonly inHand: InHand;
  /** Times that IDs were handed over. */
  served = 0;
  /** True time at which to serve next: the first request arrives, or is worth another try. */
  nextMs: number;
  private readonly shard: number;
  private readonly layout: Layout;
  private readonly arrivals: Arrivals;
  private readonly witness: Witness;
  private readonly isSaturating: boolean;
  private readonly boundMs: number;
  /** The first request: when it arrived, */
  firstMs: number;
  /** and how many IDs it still wants. */
  private wanted: number;
  /** Whether it is a reservation under way; then since when, on the issuing clock, and the error of that reading. */
  private isBegun = false;
  private sinceMs = 0;
  private sinceErrorMs = 0;
  /** When the first request was last given something, and whether it was told to wait since. */
  private stalledFromMs: number;
  private isWaiting = false;
  private waitCode = NEVER_SERVED;
  private changesSeen = 0;
  private writer: IdWriter | null = null;
  private writerHolding = -1;

  constructor(shard: number, layout: Layout, arrivals: Arrivals, load: Load["kind"], witness: Witness) {
    this.shard = shard;
    this.layout = layout;
    this.arrivals = arrivals;
    this.isSaturating = load === "saturating";
    this.boundMs = MAX_WAIT_MS + layout.tickMs;
    this.witness = witness;
    this.inHand = new InHand(shard, witness);
    this.firstMs = arrivals.atMs;
    this.wanted = this.isSaturating ? arrivals.ids * SATURATING_TICKS : arrivals.ids;
    this.nextMs = this.firstMs;
    this.stalledFromMs = this.firstMs;
  }

  /** Whether somebody waits at this time. */
  hasArrived(nowMs: number): boolean {
    return this.firstMs <= nowMs;
  }

  /**
   * Works out the answers to requests to come, up to that time, as long as each is for one ID and has it at once. What is
   * asked first then is left to {@link serve}.
   */
  foresee(beforeMs: number, process: VirtualProcess, host: HostClock, into: Foresight): void {
    const { generator, clock } = process;
    const { arrivals } = this;
    if (generator === null || this.isWaiting || this.isBegun || this.isSaturating) return;
    try {
      while (this.wanted === 1 && this.firstMs < beforeMs && !into.isFull) {
        host.trueMs = this.firstMs;
        const id = generator.tryNext();
        if (id === undefined) break;
        ID[0] = id;
        into.add(this.firstMs, clock.errorMs(), HALVES[1 - LOW_HALF]!, HALVES[LOW_HALF]!);
        this.served++;
        arrivals.advance();
        this.firstMs = arrivals.atMs;
        this.wanted = arrivals.ids;
      }
    } catch (error) {
      // It will be thrown again, when its time has come.
      if (!(error instanceof ShardflakeError)) throw error;
    }
    this.stalledFromMs = this.firstMs;
    this.nextMs = this.firstMs;
  }

  /** Serves what has arrived as far as it can be served now. */
  serve(nowMs: number, process: VirtualProcess): void {
    while (this.firstMs <= nowMs) {
      if (nowMs - this.stalledFromMs > this.boundMs) {
        this.expire(nowMs);
        continue;
      }
      const generator = process.generator ?? process.open();
      if (generator === null) {
        if (this.mustWait(nowMs, WINDOW_POLL_MS, process.reason)) break;
        continue;
      }
      try {
        if (this.wanted === 1 && !this.isBegun) {
          const id = generator.tryNext();
          if (id !== undefined) {
            ID[0] = id;
            const { clock, holding } = process;
            const high = HALVES[1 - LOW_HALF]!;
            const low = HALVES[LOW_HALF]!;
            this.witness.observer.issued(holding, this.firstMs, nowMs, clock.errorMs(), high, low, 1);
            this.served++;
            this.done(nowMs);
            continue;
          }
        } else if (this.reserve(nowMs, generator, process)) {
          this.done(nowMs);
          continue;
        }
      } catch (error) {
        this.failed(nowMs, error, process);
        continue;
      }
      if (this.mustWaitFor(nowMs, generator, process)) break;
    }
    if (this.firstMs > nowMs) this.nextMs = this.firstMs;
    this.changesSeen = process.changes;
  }

  /** Something has happened to the process: whoever waits may look again. */
  lookAgain(nowMs: number, process: VirtualProcess): void {
    if (process.changes !== this.changesSeen && this.nextMs > nowMs) this.nextMs = Math.max(nowMs, this.firstMs);
  }

  /** There is no process: refuses what has arrived. */
  refuse(nowMs: number, code: string): void {
    while (this.firstMs <= nowMs) this.refuseFirst(nowMs, code);
    this.nextMs = this.firstMs;
  }

  /** Skips requests that others have taken over. */
  skipTo(nowMs: number): void {
    while (this.firstMs < nowMs) this.done(nowMs);
    this.nextMs = this.firstMs;
  }

  /** Nobody asks here any more. */
  close(): void {
    this.firstMs = Number.POSITIVE_INFINITY;
    this.nextMs = Number.POSITIVE_INFINITY;
  }

  /** The scenario is over: tells of those who still wait. */
  conclude(nowMs: number): void {
    const { witness, shard } = this;
    this.inHand.conclude(nowMs);
    if (this.isSaturating) return;
    while (this.firstMs < nowMs) {
      witness.observer.unanswered(shard, this.firstMs, nowMs, this.wanted);
      this.done(nowMs);
    }
  }

  /** Returns whether the request has all it wanted. */
  private reserve(nowMs: number, generator: IssuingGenerator, process: VirtualProcess): boolean {
    const { clock, holding } = process;
    if (!this.isBegun) {
      this.sinceMs = clock.now();
      this.sinceErrorMs = clock.errorMs();
      this.isBegun = true;
    }
    const runs = generator.reserve(this.wanted, this.sinceMs);
    const errorMs = Math.max(this.sinceErrorMs, clock.errorMs());
    const writer = this.writerOf(process);
    for (const run of runs) {
      const { high, low } = writer.base(run.tick);
      this.witness.observer.issued(holding, this.firstMs, nowMs, errorMs, high, low + run.sequence, run.count);
      this.wanted -= run.count;
    }
    if (runs.length > 0) {
      this.served++;
      this.stalledFromMs = nowMs;
      this.isWaiting = false;
      if (runs[0]!.tick < tickAt(this.layout, clock.readingMs)) this.witness.branch("unspent-ticks-spent");
    }
    return this.wanted === 0;
  }

  private writerOf({ holding, lease }: VirtualProcess): IdWriter {
    if (this.writer === null || this.writerHolding !== holding) {
      this.writer = idWriter(this.layout, lease!.datacenterId, lease!.machineId);
      this.writerHolding = holding;
    }
    return this.writer;
  }

  /** The generator has nothing (more) to give at this reading. Returns whether the first request waits. */
  private mustWaitFor(nowMs: number, generator: IssuingGenerator, { clock }: VirtualProcess): boolean {
    const { layout } = this;
    const { readingMs } = clock;
    if (tickAt(layout, readingMs) > generator.lastTick) {
      if (!this.isWaiting) this.witness.branch("window-exhausted");
      return this.mustWait(nowMs, WINDOW_POLL_MS, "WINDOW_EXHAUSTED");
    }
    if (!this.isWaiting) this.witness.branch("sequence-exhausted");
    const tickLeftMs = tickStartMs(layout, generator.lastTick + 1) - readingMs;
    const moreTicks = this.isBegun ? Math.ceil(this.wanted / layout.idsPerTick) - 1 : 0;
    const waitMs = tickLeftMs + Math.min(moreTicks * layout.tickMs, LONGEST_SLEEP_MS);
    // The tick may end sooner than whole milliseconds show, so the last part is waited for in small pieces.
    return this.mustWait(nowMs, waitMs > 1 ? waitMs - 0.5 : SHORTEST_WAIT_MS, "CLOCK_BEHIND");
  }

  /** Returns whether the first request waits; where it would have to wait too long, it is refused at once. */
  private mustWait(nowMs: number, waitMs: number, code: string): boolean {
    this.waitCode = code;
    if (waitMs > this.boundMs) {
      this.expire(nowMs);
      return false;
    }
    this.isWaiting = true;
    this.nextMs = nowMs + waitMs;
    return true;
  }

  private expire(nowMs: number): void {
    this.witness.branch("request-expired");
    this.refuseFirst(nowMs, this.waitCode);
  }

  private failed(nowMs: number, error: unknown, process: VirtualProcess): void {
    const code = error instanceof ShardflakeError ? error.code : null;
    if (code === "LEASE_LOST") {
      // It waits for the next lease.
      process.loseLease();
      return;
    }
    if (error instanceof ClockError) this.witness.branch("clock-refused");
    this.refuseFirst(nowMs, code);
  }

  private refuseFirst(nowMs: number, code: string | null): void {
    this.witness.observer.refused(this.shard, this.firstMs, nowMs, this.wanted, code);
    this.done(nowMs);
    if (this.isSaturating) this.firstMs = nowMs + ASK_AGAIN_MS;
  }

  /** The first request is answered; the next one comes first. */
  private done(nowMs: number): void {
    const { arrivals } = this;
    arrivals.advance();
    this.firstMs = this.isSaturating ? nowMs : arrivals.atMs;
    this.wanted = this.isSaturating ? arrivals.ids * SATURATING_TICKS : arrivals.ids;
    this.isBegun = false;
    this.isWaiting = false;
    this.waitCode = NEVER_SERVED;
    this.stalledFromMs = this.firstMs;
  }
}
