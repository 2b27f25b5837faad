import type { Draw } from "../chance/draw.js";
import type { Target } from "../scenario/fault.js";
import type { World } from "./profile.js";

/** What a profile has settled before it draws faults: their sizes and places depend on it. */
export interface Stage {
  readonly draw: Draw;
  readonly world: World;
  readonly durationMs: number;
  readonly shards: number;
  readonly windowMs: number;
  /** Mean time between two requests of one shard: what is shorter may happen unseen. */
  readonly gapMs: number;
}

/** Where a fault goes: an interval in true time and the shards it befalls. */
export interface Placement {
  readonly atMs: number;
  readonly forMs: number;
  readonly on: Target;
}

/** Before it, shards take their first machine IDs; after it, whether they recover can be seen. */
const FIRST_SHARE = 0.15;
const LAST_SHARE = 0.75;

/** A thread that is being replaced sees nothing; a fault of real time must outlast that. */
const THREAD_START_MS = 400;

/**
 * A place for a fault of about this length, short enough for the scenario, long enough for requests to fall into it, in
 * whole milliseconds.
 */
export function placed(stage: Stage, wantedMs: number): Placement {
  const { draw, world, durationMs, gapMs, shards } = stage;
  const longestMs = (LAST_SHARE - FIRST_SHARE) * durationMs;
  const leastMs = Math.max(5 * gapMs, world === "pool" ? THREAD_START_MS : 0);
  const forMs = Math.ceil(Math.min(longestMs, Math.max(wantedMs, leastMs)));
  const atMs = Math.floor(durationMs * FIRST_SHARE + draw.unit() * (longestMs - Math.min(forMs, longestMs)));
  return { atMs, forMs, on: target(draw, shards) };
}

/** An instant for a fault that has no length. */
export function instant(stage: Stage): Placement {
  return { ...placed(stage, 0), forMs: 0 };
}

/** From a share of the scenario to its end, for what is there all the time. */
export function lasting({ durationMs }: Stage, fromShare: number, on: Target): Placement {
  const atMs = Math.floor(durationMs * fromShare);
  return { atMs, forMs: durationMs - atMs, on };
}

/** Shards by number, for faults that must hit the same ones: "one" is drawn anew for every fault. */
export function someShards({ draw, shards }: Stage): readonly number[] {
  const first = draw.integer(0, shards - 1);
  const count = draw.happens(0.6) ? 1 : draw.integer(1, shards);
  return Array.from({ length: count }, (_, index) => (first + index) % shards).sort((a, b) => a - b);
}

function target(draw: Draw, shards: number): Target {
  return shards === 1 ? "all" : draw.oneOf(["one", "one", "minority", "majority", "all"]);
}
