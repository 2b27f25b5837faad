import { type Layout, type SteadyClock, tickAt, tickOfReading } from "@shardflake/core";
import type { Lane } from "./lane.js";
import type { RunQueue } from "./run-queue.js";

/** What a shard reserved for one request. */
export interface Reservation {
  /** IDs in all runs. */
  readonly count: number;
  /** The clock's reading the reservation was made at. */
  readonly nowMs: number;
}

/** Several lanes that issue as one: tick by tick across the lanes, so that runs come out in the order of their IDs. */
export interface Shard {
  readonly layout: Layout;
  readonly clock: SteadyClock;
  readonly lanes: readonly Lane[];
  /** The most all lanes may issue in one tick. */
  readonly idsPerTick: number;
  /** No reservation to come holds a tick at or below it. */
  readonly finishedTick: number;
  /**
   * Reserves up to `count` IDs of the ticks since `sinceMs` that may be issued now, and adds their runs to the queue in
   * the order of their IDs; none when there are none yet.
   * @throws ClockError, LayoutError, LeaseLostError as a generator's `reserve` does
   */
  reserve(count: number, sinceMs: number, into: RunQueue): Reservation;
}

export function createShard(layout: Layout, clock: SteadyClock, unsortedLanes: readonly Lane[]): Shard {
  const lanes = [...unsortedLanes].sort((a, b) => a.machineKey - b.machineKey);
  /** The tick that may still have IDs left; everything below it is done with. */
  let cursor = 0;
  /** The first lane that may still have IDs of that tick left: those before it would come out of order now. */
  let cursorLane = 0;

  const reserve = (count: number, sinceMs: number, into: RunQueue): Reservation => {
    const nowMs = clock.now();
    const now = tickOfReading(layout, nowMs);
    let wanted = count;
    const since = tickAt(layout, sinceMs);
    let tick = Math.max(cursor, since <= now ? since : now);
    let place = tick === cursor ? cursorLane : 0;
    for (; tick <= now; tick++, place = 0) {
      for (; place < lanes.length; place++) {
        const { generator } = lanes[place]!;
        const reserved = generator.reserveTick(wanted, tick);
        if (reserved > 0) into.push(tick, place, generator.nextSequence - reserved, reserved);
        wanted -= reserved;
        if (wanted === 0) break;
      }
      // The lane in which the request was satisfied keeps what it has left.
      if (wanted === 0) break;
    }
    cursor = tick;
    cursorLane = place;
    return { count: count - wanted, nowMs };
  };

  return {
    layout,
    clock,
    lanes,
    idsPerTick: lanes.length * layout.idsPerTick,
    get finishedTick() {
      return cursor - 1;
    },
    reserve,
  };
}
