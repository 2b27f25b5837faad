import { BATCHES, type Estimate, estimateOf } from "./estimate.js";

/** What became of the requests of one machine ID. */
export interface QueueEstimates {
  readonly requests: number;
  readonly ticks: number;
  /** Share of ticks with more requests than IDs. */
  readonly exhaustion: Estimate;
  /** Requests left waiting at the end of a tick. */
  readonly backlogIds: Estimate;
  /** Ticks from the one in which a request arrived to that of its ID. */
  readonly waitTicks: Estimate;
}

/**
 * Counts by ticks what requests waited, first come, first served, in equal batches. The first batch is left out: the queue
 * begins empty, and its holder may just have begun.
 */
export class QueueTally {
  private readonly firstTick: number;
  private readonly ticksPerBatch: number;
  private readonly idsPerTick: number;
  private readonly requests = new Float64Array(BATCHES + 1);
  private readonly waits = new Float64Array(BATCHES + 1);
  private readonly exhausted = new Float64Array(BATCHES + 1);
  private tick = -1;
  private arrived = 0;

  constructor(firstTick: number, ticks: number, idsPerTick: number) {
    this.firstTick = firstTick;
    this.ticksPerBatch = Math.floor(ticks / (BATCHES + 1));
    this.idsPerTick = idsPerTick;
  }

  /** Requests that arrived in one tick got IDs of another one; in the order of arrival. */
  add(arrivedTick: number, issuedTick: number, count: number): void {
    const batch = Math.floor((arrivedTick - this.firstTick) / this.ticksPerBatch);
    if (batch < 0 || batch > BATCHES) return;
    if (arrivedTick !== this.tick) {
      this.tick = arrivedTick;
      this.arrived = 0;
    }
    const before = this.arrived;
    this.arrived += count;
    if (before <= this.idsPerTick && this.arrived > this.idsPerTick) this.exhausted[batch]!++;
    this.requests[batch]! += count;
    this.waits[batch]! += count * (issuedTick - arrivedTick);
  }

  estimates(): QueueEstimates {
    const requests = this.requests.subarray(1).reduce((sum, count) => sum + count, 0);
    const ticks = this.ticksPerBatch * BATCHES;
    const perTick = (counts: Float64Array): number[] =>
      [...counts.subarray(1)].map((count) => count / this.ticksPerBatch);
    const perRequest = [...this.waits.subarray(1)].map((wait, i) => wait / Math.max(1, this.requests[i + 1]!));
    return {
      requests,
      ticks,
      exhaustion: estimateOf(perTick(this.exhausted), ticks),
      backlogIds: estimateOf(perTick(this.waits), ticks),
      waitTicks: estimateOf(perRequest, Math.max(1, requests)),
    };
  }
}
