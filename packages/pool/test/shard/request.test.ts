import { decompose, defineLayout, type Layout } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encoderFor } from "../../src/encode/encoder.js";
import { createShardRequest, type ShardRequest } from "../../src/shard/request.js";
import { dealtShares, Shares } from "../../src/shard/shares.js";
import {
  type FilledChunk,
  fakeShard,
  idsOf,
  JumpingClock,
  openWindows,
  pull,
  RisingWindow,
  runsOf,
  START_MS,
} from "./fake-shard.js";
import { countOf, pullAll, request } from "./requested.js";

const layouts = fc
  .record({ sequenceBits: fc.integer({ min: 0, max: 5 }), tickMs: fc.constantFrom(1, 1, 2, 10) })
  .map((sections) => defineLayout({ timestampBits: 40, datacenterBits: 0, machineBits: 4, epoch: 0, ...sections }));
const lanesOf = fc.integer({ min: 1, max: 5 });
const jumps = fc.array(fc.double({ min: 0, max: 90, noNaN: true }), { minLength: 1, maxLength: 10 });
const bufferIds = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(10_000));

/** What everybody downstream relies on: ascending IDs that are those of the runs, and an honest finishedTick. */
function expectSound(layout: Layout, chunks: readonly FilledChunk[]): void {
  let previous = 0n;
  let finished = -1;
  for (const chunk of chunks) {
    const ids = idsOf(chunk);
    if (ids.length !== chunk.count) expect.fail(`${ids.length} IDs in a chunk of ${chunk.count}`);
    let at = 0;
    for (const { tick, machineKey, sequence, count } of runsOf(chunk)) {
      if (tick <= finished) expect.fail(`tick ${tick} after ${finished} was finished`);
      for (let i = 0; i < count; i++) {
        const id = ids[at++]!;
        if (id <= previous) expect.fail(`${id} after ${previous}`);
        const sections = decompose(layout, id);
        if (sections.tick !== tick || sections.machineId !== machineKey || sections.sequence !== sequence + i) {
          expect.fail(`${id} in run ${tick} ${machineKey} ${sequence}`);
        }
        previous = id;
      }
    }
    if (at !== ids.length) expect.fail(`${at} IDs in the runs of a chunk of ${ids.length}`);
    finished = Math.max(finished, chunk.finishedTick);
  }
}

describe("a shard request", () => {
  it("issues its share exactly, ascending over all lanes, and never lies about what is finished", () => {
    fc.assert(
      fc.property(layouts, lanesOf, fc.nat(2000), bufferIds, jumps, (layout, lanes, share, ids, jumpsMs) => {
        const shard = fakeShard(layout, new JumpingClock(jumpsMs), openWindows(lanes));
        const chunks = pullAll(request(shard, { share }), ids);
        expect(countOf(chunks)).toBe(share);
        expectSound(layout, chunks);
      }),
      { numRuns: 300 },
    );
  });

  it("reaches the full ceiling on a clock that jumps by up to 90 ms: no tick of no lane is lost", () => {
    fc.assert(
      fc.property(layouts, lanesOf, fc.integer({ min: 1, max: 400 }), jumps, (layout, lanes, ticks, jumpsMs) => {
        const shard = fakeShard(layout, new JumpingClock(jumpsMs), openWindows(lanes));
        const share = ticks * lanes * layout.idsPerTick;
        const runs = pullAll(request(shard, { share }), 10_000).flatMap(runsOf);
        const firstTick = START_MS / layout.tickMs;
        expect(runs[0]!.tick).toBe(firstTick);
        expect(runs.at(-1)!.tick).toBe(firstTick + ticks - 1);
      }),
      { numRuns: 200 },
    );
  });

  it("spends no more of the past than it may, however late it is pulled", () => {
    const idles = fc.array(fc.nat(400), { maxLength: 12 });
    const spendable = fc.constantFrom(0, 100, 1000);
    fc.assert(
      fc.property(layouts, lanesOf, idles, bufferIds, spendable, (layout, lanes, idle, ids, spendableMs) => {
        const clock = new JumpingClock();
        const shard = fakeShard(layout, clock, openWindows(lanes));
        const pulled = request(shard, { share: 1e6, spendableMs });
        let pendingTick = Infinity;
        for (const idleMs of idle) {
          clock.pass(idleMs);
          const oldestTick = Math.floor((clock.ms - spendableMs) / layout.tickMs);
          const chunk = pull(pulled, ids);
          const first = runsOf(chunk)[0]?.tick ?? Infinity;
          // What was reserved by an earlier pull may be written by this one.
          if (first < Math.min(oldestTick, pendingTick)) expect.fail(`tick ${first}, oldest ${oldestTick}`);
          pendingTick = chunk.finishedTick + 1;
        }
      }),
      { numRuns: 300 },
    );
  });

  it("loses no tick of a batch that is pulled late, as long as its ticks stay spendable", () => {
    const layout = defineLayout({ timestampBits: 40, datacenterBits: 0, machineBits: 4, sequenceBits: 2, epoch: 0 });
    fc.assert(
      fc.property(lanesOf, fc.array(fc.nat(450), { maxLength: 8 }), (lanes, idle) => {
        const clock = new JumpingClock();
        const ticks = 5000;
        const pulled = request(fakeShard(layout, clock, openWindows(lanes)), {
          share: ticks * lanes * layout.idsPerTick,
          spendableMs: 1000,
        });
        const runs = idle.flatMap((idleMs) => {
          clock.pass(idleMs);
          return runsOf(pull(pulled, 10_000));
        });
        runs.push(...pullAll(pulled, 10_000).flatMap(runsOf));
        expect([runs[0]!.tick, runs.at(-1)!.tick]).toEqual([START_MS, START_MS + ticks - 1]);
      }),
      { numRuns: 50 },
    );
  });

  it("takes over what a shard that lost ticks has left, so that both end in the same tick", () => {
    const layout = defineLayout({ timestampBits: 40, datacenterBits: 0, machineBits: 4, sequenceBits: 2, epoch: 0 });
    const clock = new JumpingClock();
    const memory = dealtShares([1200, 1200]);
    const [steady, stalled] = [0, 1].map((place) =>
      createShardRequest(fakeShard(layout, clock, openWindows(1)), {
        shares: new Shares(memory, place, layout.idsPerTick),
        isCancelled: () => false,
        maxWaitMs: 1000,
        spendableMs: 100,
        encoder: encoderFor("ids"),
      }),
    ) as [ShardRequest, ShardRequest];
    const chunks = [[pull(steady, 40)], [] as FilledChunk[]];
    // Of 260 ticks in which only the first shard was pulled the second can spend 100.
    while (clock.ms < START_MS + 260) chunks[0]!.push(pull(steady, 40));
    while (chunks.some((all) => !all.at(-1)?.last)) {
      if (!chunks[0]!.at(-1)!.last) chunks[0]!.push(pull(steady, 8));
      if (!chunks[1]!.at(-1)?.last) chunks[1]!.push(pull(stalled, 8));
    }
    expect(chunks.map(countOf).reduce((sum, count) => sum + count)).toBe(2400);
    const lasts = chunks.map((all) => runsOf(all.findLast(({ count }) => count > 0)!).at(-1)!.tick - START_MS);
    // 600 ticks' IDs, 160 ticks of them lost to one shard: alone it would end in tick 460.
    expect(Math.abs(lasts[0]! - lasts[1]!)).toBeLessThanOrEqual(2);
    expect(Math.max(...lasts)).toBeLessThan(390);
  });

  it("shares a shard with other requests: each one ascending, and no ID twice", () => {
    const turns = fc.array(fc.tuple(fc.nat(2), fc.nat(30)), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(layouts, lanesOf, turns, bufferIds, jumps, (layout, lanes, order, ids, jumpsMs) => {
        const clock = new JumpingClock(jumpsMs);
        const shard = fakeShard(layout, clock, openWindows(lanes));
        const requests = [50, 700, 3000].map((share) => ({
          request: request(shard, { share }),
          chunks: [] as FilledChunk[],
        }));
        for (const [which, passMs] of order) {
          const { request, chunks } = requests[which]!;
          if (!chunks.at(-1)?.last) chunks.push(pull(request, ids));
          clock.pass(passMs);
        }
        for (const { chunks } of requests) expectSound(layout, chunks);
        const all = requests.flatMap(({ chunks }) => chunks.flatMap(idsOf));
        expect(new Set(all).size).toBe(all.length);
      }),
      { numRuns: 200 },
    );
  });

  it("stays ascending and honest while the windows of its lanes open and close", () => {
    const window = fc.record({ floor: fc.integer({ min: -20, max: 60 }), limit: fc.integer({ min: -20, max: 60 }) });
    const raises = fc.array(fc.tuple(fc.nat(4), fc.nat(80), fc.nat(2)), { minLength: 10, maxLength: 60 });
    const tightLayouts = layouts.filter(({ idsPerTick }) => idsPerTick <= 8);
    fc.assert(
      fc.property(
        tightLayouts,
        fc.array(window, { minLength: 1, maxLength: 5 }),
        raises,
        fc.nat(9),
        (layout, ends, steps, ids) => {
          const startTick = START_MS / layout.tickMs;
          const windows = ends.map(({ floor, limit }) => new RisingWindow(startTick + floor, startTick + limit));
          const clock = new JumpingClock();
          const shard = fakeShard(layout, clock, windows);
          const pulled = request(shard, { share: 1e6, maxWaitMs: 1e6 });
          const chunks: FilledChunk[] = [];
          for (const [lane, rise, passMs] of steps) {
            chunks.push(pull(pulled, ids + 1));
            clock.pass(passMs);
            const risen = windows[lane];
            if (risen !== undefined) risen.limit += rise;
          }
          expectSound(layout, chunks);
          for (const { tick, machineKey } of chunks.flatMap(runsOf)) {
            expect(tick).toBeGreaterThan(windows[machineKey]!.floor);
            expect(tick).toBeLessThanOrEqual(windows[machineKey]!.limit);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("ends at the first look after it was cancelled in its sleep: no further sleep, no further ID", () => {
    fc.assert(
      fc.property(layouts, lanesOf, fc.nat(20), bufferIds, (layout, lanes, cancelAfter, ids) => {
        const clock = new JumpingClock();
        const shard = fakeShard(layout, clock, openWindows(lanes));
        const isCancelled = (): boolean => clock.sleeps >= cancelAfter;
        const pulled = request(shard, { share: 1e9, isCancelled });
        const chunks = pullAll(pulled, ids);
        expect(clock.sleeps).toBe(cancelAfter);
        expect(pull(pulled, ids).count).toBe(0);
        expectSound(layout, chunks);
      }),
      { numRuns: 200 },
    );
  });

  it("returns after 50 ms at the latest, be it with nothing", () => {
    const layout = defineLayout({ timestampBits: 40, tickMs: 1000, epoch: 0, sequenceBits: 0 });
    const clock = new JumpingClock();
    const pulled = request(fakeShard(layout, clock, openWindows(1)), { share: 3 });
    for (let pulls = 0, last = false; !last; pulls++) {
      const startMs = clock.ms;
      last = pulled.pull(new ArrayBuffer(800)).last;
      expect(clock.ms - startMs).toBeLessThanOrEqual(50);
      expect(pulls).toBeLessThan(100);
    }
  });
});
