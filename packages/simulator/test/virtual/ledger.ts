import { compose, defineLayout, type Layout } from "@shardflake/core";
import type { Holding, Observer } from "../../src/observation/observer.js";
import { TraceHash } from "../../src/observation/trace-hash.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { runVirtualWorld, type VirtualWorldOptions } from "../../src/virtual/virtual-world.js";

export interface IssuedId {
  readonly holding: number;
  readonly requestedMs: number;
  readonly completedMs: number;
  readonly errorMs: number;
  readonly id: bigint;
}

/** Writes down all that a world tells. */
export class Ledger implements Observer {
  readonly layout: Layout;
  readonly holdings: { readonly holding: Holding; limit: number; endedMs: number }[] = [];
  readonly ids: IssuedId[] = [];
  readonly refusals: {
    readonly shard: number;
    readonly atMs: number;
    readonly count: number;
    readonly code: string | null;
  }[] = [];
  unansweredIds = 0;
  readonly horizons: { readonly tick: number; readonly atMs: number }[] = [];
  readonly seen = new Set<number>();
  readonly branches = new Map<string, number>();
  readonly hash = new TraceHash();
  latestMs = 0;

  constructor(scenario: Scenario) {
    this.layout = defineLayout(scenario.layout);
  }

  held(holding: Holding, atMs: number): void {
    this.hash.held(holding, atMs);
    this.passes(atMs);
    this.holdings.push({ holding, limit: holding.floor, endedMs: Number.POSITIVE_INFINITY });
  }

  extended(holding: number, limit: number, atMs: number): void {
    this.hash.extended(holding, limit, atMs);
    this.passes(atMs);
    this.holdings[holding]!.limit = limit;
  }

  ended(holding: number, limit: number, atMs: number): void {
    this.hash.ended(holding, limit, atMs);
    this.passes(atMs);
    this.holdings[holding]!.endedMs = atMs;
    this.holdings[holding]!.limit = limit;
  }

  issued(...call: Parameters<Observer["issued"]>): void {
    this.hash.issued(...call);
    const [holding, requestedMs, completedMs, errorMs, high, low, count] = call;
    this.passes(completedMs);
    for (let i = 0; i < count; i++) {
      const id = (BigInt(high) << 32n) | BigInt(low + i);
      this.ids.push({ holding, requestedMs, completedMs, errorMs, id });
    }
  }

  refused(shard: number, requestedMs: number, completedMs: number, count: number, code: string | null): void {
    this.hash.refused(shard, requestedMs, completedMs, count, code);
    this.passes(completedMs);
    this.refusals.push({ shard, atMs: completedMs, count, code });
  }

  unanswered(shard: number, requestedMs: number, endMs: number, count: number): void {
    this.hash.unanswered(shard, requestedMs, endMs, count);
    this.passes(endMs);
    this.unansweredIds += count;
  }

  horizon(tick: number, atMs: number): void {
    this.hash.horizon(tick, atMs);
    this.passes(atMs);
    this.horizons.push({ tick, atMs });
  }

  faultSeen(fault: number, shard: number, atMs: number): void {
    this.hash.faultSeen(fault, shard, atMs);
    this.passes(atMs);
    this.seen.add(fault);
  }

  branch(name: string): void {
    this.hash.branch(name);
    this.branches.set(name, (this.branches.get(name) ?? 0) + 1);
  }

  /** The smallest and the largest ID of each holding that issued any. */
  extremes(): Map<number, { lowest: bigint; highest: bigint }> {
    const found = new Map<number, { lowest: bigint; highest: bigint }>();
    for (const { holding, id } of this.ids) {
      const known = found.get(holding);
      if (known === undefined) found.set(holding, { lowest: id, highest: id });
      else if (id < known.lowest) known.lowest = id;
      else if (id > known.highest) known.highest = id;
    }
    return found;
  }

  /** Holders of which there were two: a copied process may repeat IDs in the window it was copied in. */
  copiedHolders(): Set<string> {
    return new Set(
      this.holdings.filter(({ holding }) => holding.copy === "clone").map(({ holding }) => holding.holder),
    );
  }

  /** The smallest and the largest ID that the window of a holding allows. */
  windowOf(holding: number): readonly [bigint, bigint] {
    const { floor, datacenterId, machineId } = this.holdings[holding]!.holding;
    const { limit } = this.holdings[holding]!;
    const { idsPerTick } = this.layout;
    return [
      compose(this.layout, { tick: floor + 1, datacenterId, machineId, sequence: 0 }),
      compose(this.layout, { tick: limit, datacenterId, machineId, sequence: idsPerTick - 1 }),
    ];
  }

  private passes(atMs: number): void {
    if (!(atMs >= this.latestMs)) throw new Error(`told of ${atMs} after ${this.latestMs}`);
    this.latestMs = atMs;
  }
}

/** Plays a scenario and writes down what happens. */
export function play(scenario: Scenario, options?: VirtualWorldOptions): Ledger {
  const ledger = new Ledger(scenario);
  runVirtualWorld(scenario, ledger, options);
  return ledger;
}
