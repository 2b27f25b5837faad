import { defineLayout } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunQueue } from "../../src/shard/run-queue.js";
import { fakeShard, JumpingClock, openWindows, RisingWindow, START_MS } from "./fake-shard.js";

const layouts = fc
  .record({ sequenceBits: fc.integer({ min: 0, max: 3 }), tickMs: fc.constantFrom(1, 2, 10) })
  .map((sections) => defineLayout({ timestampBits: 40, datacenterBits: 0, machineBits: 4, epoch: 0, ...sections }));

/** Milliseconds that pass, how many IDs are wanted of how far back, and a lane whose limit rises. */
const steps = fc.array(
  fc.record({
    passMs: fc.nat(12),
    count: fc.nat(40),
    sinceMs: fc.oneof(fc.integer({ min: -30, max: 5 }), fc.constantFrom(Number.NaN, Infinity, -Infinity)),
    lane: fc.nat(4),
    rise: fc.nat(20),
  }),
  { minLength: 1, maxLength: 40 },
);
const ends = fc.array(
  fc.record({ floor: fc.integer({ min: -20, max: 30 }), limit: fc.integer({ min: -20, max: 30 }) }),
  { minLength: 1, maxLength: 5 },
);

describe("a shard", () => {
  it("reserves in ascending order over all lanes, inside their windows and above what it called finished", () => {
    fc.assert(
      fc.property(layouts, ends, steps, (layout, ends, steps) => {
        const startTick = START_MS / layout.tickMs;
        const windows = ends.map(({ floor, limit }) => new RisingWindow(startTick + floor, startTick + limit));
        const clock = new JumpingClock();
        const shard = fakeShard(layout, clock, windows);
        let previous = -Infinity;
        for (const { passMs, count, sinceMs, lane, rise } of steps) {
          clock.pass(passMs);
          const risen = windows[lane];
          if (risen !== undefined) risen.limit += rise;
          const finishedTick = shard.finishedTick;
          const nowTick = Math.floor(clock.ms / layout.tickMs);
          const queue = new RunQueue();
          const reservation = shard.reserve(count, clock.ms + sinceMs, queue);
          let reserved = 0;
          for (; !queue.isEmpty; queue.take(queue.count)) {
            const { tick, sequence, count } = queue;
            const lane = shard.lanes[queue.lane]!;
            const place = ((tick - startTick) * 16 + lane.machineKey) * layout.idsPerTick + sequence;
            if (place <= previous) expect.fail(`tick ${tick}, machine ID ${lane.machineKey} after something higher`);
            if (tick <= finishedTick || tick > nowTick)
              expect.fail(`tick ${tick}, finished ${finishedTick}, now ${nowTick}`);
            if (tick <= windows[lane.machineKey]!.floor || tick > windows[lane.machineKey]!.limit)
              expect.fail("outside its window");
            previous = place + count - 1;
            reserved += count;
          }
          expect(reservation.count).toBe(reserved);
          expect(reserved).toBeLessThanOrEqual(count);
          expect(shard.finishedTick).toBeGreaterThanOrEqual(finishedTick);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("gives all that its lanes hold since a moment, to one request or to many", () => {
    fc.assert(
      fc.property(
        layouts,
        fc.integer({ min: 1, max: 5 }),
        fc.nat(30),
        fc.array(fc.nat(50)),
        (layout, lanes, ticks, counts) => {
          const clock = new JumpingClock();
          const shard = fakeShard(layout, clock, openWindows(lanes));
          clock.pass(ticks * layout.tickMs);
          const expected = (ticks + 1) * lanes * layout.idsPerTick;
          let reserved = 0;
          for (const count of [...counts, 1e6]) reserved += shard.reserve(count, START_MS, new RunQueue()).count;
          expect(reserved).toBe(expected);
          expect(shard.finishedTick).toBe(START_MS / layout.tickMs + ticks);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("takes lanes in the order of their machine IDs, however they were given", () => {
    const layout = defineLayout({ epoch: 0 });
    const { lanes } = fakeShard(layout, new JumpingClock(), openWindows(4));
    expect(lanes.map(({ machineKey }) => machineKey)).toEqual([0, 1, 2, 3]);
  });
});
