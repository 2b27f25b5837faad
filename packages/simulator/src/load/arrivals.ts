import { defineLayout } from "@shardflake/core";
import { mixed } from "../chance/hash.js";
import type { Scenario } from "../scenario/scenario.js";
import { exponentialStream } from "./exponential.js";

/** Keeps the arrivals apart from whatever else is drawn for the same shard. */
const ARRIVALS_SALT = 0x10ad;

/** A layout with a long sequence has ticks that nobody would ask for at once. */
const MOST_SATURATING_IDS = 65_536;

/**
 * The requests of one shard, one after another. `atMs` and `ids` describe the next one; `advance` goes on to the one
 * after it and allocates nothing. They follow from the scenario alone, not from when they are read.
 */
export interface Arrivals {
  /** True time at which the next request arrives; `Infinity` when none is left before the scenario's end. */
  readonly atMs: number;
  /** How many IDs it asks for. */
  readonly ids: number;
  advance(): void;
}

/**
 * The arrivals of a shard under the scenario's load:
 * - steady: one ID at a time, evenly spaced over all shards together, shards taking turns;
 * - poisson: one ID at a time, exponential gaps, each shard with its part of the rate and a stream of its own;
 * - burst: so many IDs on every shard at every multiple of the interval;
 * - saturating: always due at 0, a tick's worth of IDs each, at most 65,536; the world takes the next when it is done with the one
 *   before, and stops at the scenario's end.
 */
export function arrivals(scenario: Scenario, shard: number): Arrivals {
  const { load, shards, durationMs, seed } = scenario;
  switch (load.kind) {
    case "steady": {
      const everyMs = 1000 / load.idsPerSecond;
      return new EvenArrivals((shard + 1) * everyMs, shards * everyMs, 1, durationMs);
    }
    case "burst":
      return new EvenArrivals(load.everyMs, load.everyMs, load.ids, durationMs);
    case "poisson":
      return new PoissonArrivals(
        (shards * 1000) / load.idsPerSecond,
        mixed(mixed(seed, shard), ARRIVALS_SALT),
        durationMs,
      );
    case "saturating":
      return new SaturatingArrivals(Math.min(defineLayout(scenario.layout).idsPerTick, MOST_SATURATING_IDS));
  }
}

class EvenArrivals implements Arrivals {
  readonly ids: number;
  readonly #firstMs: number;
  readonly #everyMs: number;
  readonly #endMs: number;
  #count = 0;
  atMs: number;

  constructor(firstMs: number, everyMs: number, ids: number, endMs: number) {
    this.ids = ids;
    this.#firstMs = firstMs;
    this.#everyMs = everyMs;
    this.#endMs = endMs;
    this.atMs = before(endMs, firstMs);
  }

  /** By multiplication: adding up would drift. */
  advance(): void {
    this.#count++;
    this.atMs = before(this.#endMs, this.#firstMs + this.#count * this.#everyMs);
  }
}

class PoissonArrivals implements Arrivals {
  readonly ids = 1;
  readonly #meanMs: number;
  readonly #gap: () => number;
  readonly #endMs: number;
  atMs = 0;

  constructor(meanMs: number, seed: number, endMs: number) {
    this.#meanMs = meanMs;
    this.#gap = exponentialStream(seed);
    this.#endMs = endMs;
    this.advance();
  }

  advance(): void {
    this.atMs = before(this.#endMs, this.atMs + this.#gap() * this.#meanMs);
  }
}

class SaturatingArrivals implements Arrivals {
  readonly atMs = 0;
  readonly ids: number;

  constructor(ids: number) {
    this.ids = ids;
  }

  advance(): void {
    // The next one is due as well.
  }
}

function before(endMs: number, atMs: number): number {
  return atMs < endMs ? atMs : Number.POSITIVE_INFINITY;
}
