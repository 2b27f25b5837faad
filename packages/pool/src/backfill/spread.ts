import type { Run } from "@shardflake/core";

/** `total` IDs over the ticks `[fromTick, toTick)`. */
export interface Spread {
  readonly fromTick: number;
  readonly toTick: number;
  readonly total: number;
  /** IDs one machine ID may carry in one tick. */
  readonly idsPerTick: number;
}

/** A run and the place of its machine ID among those that share the period. */
export interface SpreadRun extends Run {
  readonly machine: number;
}

/** How many machine IDs the fullest tick of the spread needs. */
export function machinesNeeded({ fromTick, toTick, total, idsPerTick }: Spread): number {
  return Math.ceil(Math.ceil(total / (toTick - fromTick)) / idsPerTick);
}

/**
 * The IDs numbered `[first, first + count)` of an even spread: ID i stands at tick `fromTick + floor(i × ticks / total)`,
 * in ascending order, so that any two parts of a spread are disjoint. The quotient is carried along as a whole part and
 * a remainder (Bresenham's line), because `i × ticks` passes 2^53.
 */
export function* spreadRuns(spread: Spread, first: number, count: number): Generator<SpreadRun> {
  if (count === 0) return;
  const { fromTick, toTick, total, idsPerTick } = spread;
  const ticks = toTick - fromTick;
  const step = Math.floor(ticks / total);
  const stepRest = ticks % total;
  const firstProduct = BigInt(first) * BigInt(ticks);
  let tick = fromTick + Number(firstProduct / BigInt(total));
  let rest = Number(firstProduct % BigInt(total));
  // The smallest i with floor(i × ticks / total) = tick - fromTick says how many IDs of this tick come before `first`.
  const offset = BigInt(tick - fromTick) * BigInt(total);
  let inTick = first - Number((offset + BigInt(ticks) - 1n) / BigInt(ticks));
  let left = count;
  while (left > 0) {
    const start = inTick;
    const startTick = tick;
    do {
      inTick++;
      left--;
      tick += step;
      rest += stepRest;
      if (rest >= total) {
        rest -= total;
        tick++;
      }
    } while (left > 0 && tick === startTick);
    yield* overMachines(startTick, start, inTick, idsPerTick);
    inTick = 0;
  }
}

/** The IDs numbered `[start, end)` of one tick, dealt to the machine IDs in order. */
function* overMachines(tick: number, start: number, end: number, idsPerTick: number): Generator<SpreadRun> {
  for (let at = start; at < end; ) {
    const machine = Math.floor(at / idsPerTick);
    const sequence = at % idsPerTick;
    const count = Math.min(end - at, idsPerTick - sequence);
    yield { tick, machine, sequence, count };
    at += count;
  }
}
