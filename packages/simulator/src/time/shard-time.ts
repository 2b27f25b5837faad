import type { Scenario } from "../scenario/scenario.js";
import { clocks } from "./clocks.js";
import { faultsOf, type PlacedFault } from "./placed-fault.js";
import type { Segments } from "./segments.js";
import type { Copy } from "./shift.js";

/** The two clocks of one shard. Pure functions of true time, which is in ms since the start of the scenario. */
export interface ShardTime {
  /** What the wall clock shows, in Unix ms with fractions: whoever stands in for `Date.now()` takes the floor. */
  wallMs(trueMs: number): number;
  /** What the monotonic clock shows, in ms since its host started. It may stand still, it never goes back. */
  monotonicMs(trueMs: number): number;
  /**
   * Whether a reading at this moment, of whole milliseconds of the wall clock or of a monotonic span, is another one
   * than it would be without this fault, all others being there.
   */
  shows(fault: number, trueMs: number): boolean;
}

/** Four times the resolution of a number of the size of Unix milliseconds: less may be rounding. */
const LEAST_SHOWN_MS = 0.001;

/**
 * The clocks of a shard, or of a clone of it. How faults that overlap compose, from the inside out:
 *
 * 1. The host's error: the rates of `drift` add up; `step`, `zombie` (in the middle of its interval), `migration` and
 *    `restart` (at their ends) and `suspend` that stays behind add their jumps, and what they leave behind lasts. The
 *    `daemon` that was started last measures this error, and this error only, and corrects it.
 * 2. What the source of time says is added: `leap-second`, `leap-smear`. Daemons believe it.
 * 3. Whole intervals are displaced: `wrong-year`, `rollover`, the rewinding of a `clone`. These and all that follow are
 *    gone when their interval is over, and no daemon sees them.
 * 4. `strobe` swings the reading.
 * 5. `frozen` replaces it.
 * 6. `coarse` rounds it down, 7. `warp` takes it back.
 *
 * Monotonic time has the rates of 1 and 2 (Linux slews both clocks together), and none of the jumps; it stands still
 * while the host is suspended, or migrated with a monotonic clock that stops.
 *
 * `pause`, `store` and the processes' part of the others are in interruptionsOf.
 */
export function shardTime(scenario: Scenario, shard: number, copy: Copy): ShardTime {
  return new CompiledTime(scenario, shard, copy);
}

class CompiledTime implements ShardTime {
  readonly #scenario: Scenario;
  readonly #shard: number;
  readonly #copy: Copy;
  readonly #faults: readonly PlacedFault[];
  readonly #clocks: Segments;
  /** The clocks as they would be without one fault, by its place. */
  readonly #without = new Map<number, Segments>();

  constructor(scenario: Scenario, shard: number, copy: Copy) {
    this.#scenario = scenario;
    this.#shard = shard;
    this.#copy = copy;
    this.#faults = faultsOf(scenario, shard);
    this.#clocks = clocks(scenario, shard, copy, this.#faults);
  }

  wallMs(trueMs: number): number {
    return this.#clocks.wallMs(trueMs);
  }

  monotonicMs(trueMs: number): number {
    return this.#clocks.monotonicMs(trueMs);
  }

  shows(fault: number, trueMs: number): boolean {
    const placed = this.#faults.find(({ place }) => place === fault);
    if (placed === undefined || trueMs < placed.fromMs || !touchesClocks(placed)) return false;
    const others = this.#clocksWithout(fault);
    const wallMs = this.wallMs(trueMs);
    const otherMs = others.wallMs(trueMs);
    return (
      (Math.floor(wallMs) !== Math.floor(otherMs) && Math.abs(wallMs - otherMs) >= LEAST_SHOWN_MS) ||
      Math.abs(this.monotonicMs(trueMs) - others.monotonicMs(trueMs)) >= 1
    );
  }

  #clocksWithout(fault: number): Segments {
    const known = this.#without.get(fault);
    if (known !== undefined) return known;
    const others = this.#faults.filter(({ place }) => place !== fault);
    const without = clocks(this.#scenario, this.#shard, this.#copy, others);
    this.#without.set(fault, without);
    return without;
  }
}

function touchesClocks({ fault }: PlacedFault): boolean {
  return fault.kind !== "pause" && fault.kind !== "store";
}
