import {
  type Generator,
  type GeneratorOptions,
  type GeneratorStats,
  type Layout,
  type Run,
  ShardflakeError,
  tickAt,
  tickOfReading,
} from "../../src/index.js";

/** The options that the properties always give. */
export type PlainOptions = Required<GeneratorOptions>;

/**
 * A generator as one would write it without a thought for speed: every ID is a reservation of one. It keeps all
 * guarantees; each mutant breaks it in one place, so that whatever a property finds is that one fault.
 */
export class PlainGenerator implements Generator {
  readonly layout: Layout;
  readonly datacenterId: number;
  readonly machineId: number;
  protected readonly options: PlainOptions;
  lastTick: number;
  protected sequence: number;

  constructor(options: GeneratorOptions) {
    this.options = options as PlainOptions;
    this.layout = options.layout;
    this.datacenterId = options.datacenterId;
    this.machineId = options.machineId;
    this.lastTick = this.floor();
    this.sequence = this.layout.idsPerTick;
    this.nowTick();
  }

  tryNext(): bigint | undefined {
    const now = this.nowTick();
    const run = this.spend(1, now, now)[0];
    return run === undefined ? undefined : this.idOf(run.tick, run.sequence);
  }

  next(): bigint {
    for (let looks = 0; looks < 200; looks++) {
      const id = this.tryNext();
      if (id !== undefined) return id;
      this.options.clock.sleep(this.layout.tickMs / 2);
    }
    throw new ShardflakeError("WAITED_TOO_LONG", "Expected a new tick, got none.");
  }

  async nextAsync(): Promise<bigint> {
    return this.next();
  }

  nextNumber(): number {
    if (!this.layout.fitsNumber) throw new ShardflakeError("NUMBER_INEXACT", "Expected a layout of at most 53 bits.");
    return Number(this.next());
  }

  fill(view: BigUint64Array): void {
    for (let i = 0; i < view.length; i++) view[i] = this.next();
  }

  reserve(count: number, sinceMs: number): Run[] {
    const now = this.nowTick();
    const since = tickAt(this.layout, sinceMs);
    return this.spend(count, since <= now ? since : now, now);
  }

  reserveTick(count: number, tick: number): number {
    if (!(tick >= 0 && tick <= this.layout.maxTick)) throw new ShardflakeError("TICK_INVALID", "Expected a tick.");
    if (this.lastTick > tick) return 0;
    return this.spend(count, tick, tick).reduce((sum, run) => sum + run.count, 0);
  }

  get nextSequence(): number {
    return this.sequence;
  }

  stats(): GeneratorStats {
    return { issued: 0, waits: 0 };
  }

  protected spend(count: number, fromTick: number, toTick: number): Run[] {
    const runs: Run[] = [];
    let wanted = count;
    if (this.lastTick >= fromTick) wanted -= this.take(wanted, runs);
    for (let tick = Math.max(this.lastTick + 1, fromTick); tick <= toTick && wanted > 0; tick++) {
      if (!this.mayIssue(tick)) break;
      this.enter(tick);
      wanted -= this.take(wanted, runs);
    }
    return runs;
  }

  protected take(wanted: number, runs: Run[]): number {
    const count = Math.min(wanted, this.left());
    if (count > 0) runs.push({ tick: this.lastTick, sequence: this.sequence, count });
    this.sequence += count;
    return count;
  }

  protected enter(tick: number): void {
    this.lastTick = tick;
    this.sequence = 0;
  }

  protected floor(): number {
    return this.options.window.floor;
  }

  protected nowTick(): number {
    return tickOfReading(this.layout, this.options.clock.now());
  }

  protected mayIssue(tick: number): boolean {
    return this.options.window.admit(tick) >= tick;
  }

  /** IDs left in the last tick. */
  protected left(): number {
    return this.layout.idsPerTick - this.sequence;
  }

  protected idOf(tick: number, sequence: number): bigint {
    const machine = this.datacenterId * this.layout.machinesPerDatacenter + this.machineId;
    return (
      (BigInt(tick) * BigInt(this.layout.machines) + BigInt(machine)) * BigInt(this.layout.idsPerTick) +
      BigInt(sequence)
    );
  }
}
