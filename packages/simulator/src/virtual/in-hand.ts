import { LOW_HALF, ShardflakeError } from "@shardflake/core";
import type { VirtualProcess } from "./virtual-process.js";
import type { Witness } from "./witness.js";

const ID = new BigUint64Array(1);
const HALVES = new Uint32Array(ID.buffer);

interface IssuedId {
  readonly holding: number;
  readonly requestedMs: number;
  readonly errorMs: number;
  readonly high: number;
  readonly low: number;
}

/** What a process has in hand while it stands still: it was stopped in the middle of a request, and its ID is issued. */
export class InHand {
  private readonly shard: number;
  private readonly witness: Witness;
  private issued: IssuedId | null = null;

  constructor(shard: number, witness: Witness) {
    this.shard = shard;
    this.witness = witness;
  }

  /** The process is stopped between issuing an ID and handing it over. */
  take(nowMs: number, process: VirtualProcess): void {
    const { generator, clock, holding } = process;
    if (generator === null || this.issued !== null) return;
    try {
      const id = generator.tryNext();
      if (id === undefined) return;
      ID[0] = id;
      const high = HALVES[1 - LOW_HALF]!;
      const low = HALVES[LOW_HALF]!;
      this.issued = { holding, requestedMs: nowMs, errorMs: clock.errorMs(), high, low };
    } catch (error) {
      if (!(error instanceof ShardflakeError)) throw error;
    }
  }

  /** The process goes on. Returns whether there was anything to hand over. */
  handOver(nowMs: number): boolean {
    const { issued } = this;
    if (issued === null) return false;
    const { holding, requestedMs, errorMs, high, low } = issued;
    this.witness.observer.issued(holding, requestedMs, nowMs, errorMs, high, low, 1);
    this.issued = null;
    return true;
  }

  /** A copy has nothing in hand: the client is connected to the original. */
  forget(): void {
    this.issued = null;
  }

  /** What was in hand dies with the process. */
  drop(nowMs: number, code: string): void {
    const { issued, witness, shard } = this;
    if (issued !== null) witness.observer.refused(shard, issued.requestedMs, nowMs, 1, code);
    this.issued = null;
  }

  /** The scenario is over. */
  conclude(nowMs: number): void {
    const { issued, witness, shard } = this;
    if (issued !== null) witness.observer.unanswered(shard, issued.requestedMs, nowMs, 1);
  }
}
