import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator, defineLayout, type Generator, idWriter, type Layout, type Run } from "../../src/index.js";
import { HostileClock } from "./hostile-clock.js";

const START_TICK = 1000;
const layouts = fc
  .record({ sequenceBits: fc.integer({ min: 0, max: 6 }), tickMs: fc.constantFrom(1, 2, 10) })
  .map((sections) => defineLayout({ timestampBits: 30, datacenterBits: 1, machineBits: 2, epoch: 0, ...sections }));

/** A generator on a clock that only sleep and `pass` move on. */
function setUp(layout: Layout): { clock: HostileClock; generator: Generator } {
  const times = { startMs: START_TICK * layout.tickMs, wallMs: [], monotonicMs: [], sleepPace: 1 };
  const clock = new HostileClock(times, () => {});
  return { clock, generator: createGenerator({ layout, datacenterId: 1, machineId: 3, clock }) };
}

const countOf = (runs: readonly Run[]): number => runs.reduce((sum, { count }) => sum + count, 0);
const anyTicks = fc.integer({ min: 0, max: 50 });
const EVERYTHING = Number.MAX_SAFE_INTEGER;

describe("reserve", () => {
  it("takes k + 1 ticks' worth after a sleep of k ticks, one full run a tick", () => {
    fc.assert(
      fc.property(layouts, anyTicks, (layout, ticks) => {
        const { clock, generator } = setUp(layout);
        const sinceMs = clock.now();
        clock.sleep(ticks * layout.tickMs);
        const expected = Array.from({ length: ticks + 1 }, (_, i) => ({
          tick: START_TICK + i,
          sequence: 0,
          count: layout.idsPerTick,
        }));
        expect(generator.reserve(EVERYTHING, sinceMs)).toEqual(expected);
        expect(generator.reserve(EVERYTHING, sinceMs)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("goes on with what earlier calls left of the last tick", () => {
    fc.assert(
      fc.property(layouts, anyTicks, fc.nat(), (layout, ticks, spent) => {
        const { clock, generator } = setUp(layout);
        const sinceMs = clock.now();
        const before = spent % (layout.idsPerTick + 1);
        generator.reserve(before, sinceMs);
        clock.sleep(ticks * layout.tickMs);
        expect(countOf(generator.reserve(EVERYTHING, sinceMs))).toBe((ticks + 1) * layout.idsPerTick - before);
      }),
      { numRuns: 300 },
    );
  });

  it("never uses ticks before since, nor what is left of them", () => {
    fc.assert(
      fc.property(
        layouts,
        fc.array(fc.tuple(anyTicks, anyTicks, fc.nat(100)), { maxLength: 10 }),
        (layout, requests) => {
          const { clock, generator } = setUp(layout);
          for (const [idleTicks, sleptTicks, count] of requests) {
            clock.pass(idleTicks * layout.tickMs);
            const sinceMs = clock.now();
            clock.sleep(sleptTicks * layout.tickMs);
            for (const { tick } of generator.reserve(count, sinceMs)) {
              if (tick < sinceMs / layout.tickMs) expect.fail(`tick ${tick} before ${sinceMs / layout.tickMs}`);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([1, 1e9, Infinity, Number.NaN])("takes a since %s ms later than now for now", (laterMs) => {
    const { clock, generator } = setUp(defineLayout({ epoch: 0, sequenceBits: 3 }));
    generator.next();
    const now = { tick: START_TICK, sequence: 1, count: 7 };
    expect(generator.reserve(EVERYTHING, clock.now() + laterMs)).toEqual([now]);
    clock.pass(2);
    const next = { tick: START_TICK + 2, sequence: 0, count: 8 };
    expect(generator.reserve(EVERYTHING, clock.now() + laterMs)).toEqual([next]);
  });

  it("asks the window for no tick that it does not need", () => {
    fc.assert(
      fc.property(layouts, anyTicks, fc.nat(200), (layout, ticks, count) => {
        const admitted: number[] = [];
        const window = { floor: 0, admit: (tick: number) => admitted.push(tick) && tick };
        const { clock } = setUp(layout);
        const generator = createGenerator({ layout, datacenterId: 0, machineId: 0, clock, window });
        const sinceMs = clock.now();
        clock.sleep(ticks * layout.tickMs);
        const last = generator.reserve(count, sinceMs).at(-1)?.tick;
        expect(admitted.at(-1)).toBe(last);
        expect(admitted.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it("takes every tick also when sequences start at random", () => {
    fc.assert(
      fc.property(layouts, anyTicks, (layout, ticks) => {
        const { clock } = setUp(layout);
        const generator = createGenerator({ layout, datacenterId: 0, machineId: 0, clock, sequenceStart: "random" });
        const sinceMs = clock.now();
        clock.sleep(ticks * layout.tickMs);
        const runs = generator.reserve((ticks + 1) * layout.idsPerTick, sinceMs);
        expect(runs.map(({ tick }) => tick)).toEqual(Array.from({ length: ticks + 1 }, (_, i) => START_TICK + i));
        for (const { sequence, count } of runs) expect(sequence + count).toBe(layout.idsPerTick);
      }),
      { numRuns: 300 },
    );
  });
});

describe("fill, reserve with write, and repeated next", () => {
  it("issue the same IDs in the same order on the same clock", () => {
    fc.assert(
      fc.property(layouts, fc.nat(300), (layout, count) => {
        const byFill = new BigUint64Array(count);
        setUp(layout).generator.fill(byFill);

        const one = setUp(layout).generator;
        const byNext = BigUint64Array.from({ length: count }, () => one.next());

        const { clock, generator } = setUp(layout);
        const byReserve = new BigUint64Array(count);
        const writer = idWriter(layout, 1, 3);
        const sinceMs = clock.now();
        for (let filled = 0; filled < count; clock.sleep(layout.tickMs)) {
          for (const run of generator.reserve(count - filled, sinceMs)) {
            writer.write(new Uint32Array(byReserve.buffer), filled, run);
            filled += run.count;
          }
        }
        expect(byNext).toEqual(byFill);
        expect(byReserve).toEqual(byFill);
        expect(one.stats().issued).toBe(count);
        expect(generator.stats().issued).toBe(count);
      }),
      { numRuns: 200 },
    );
  });

  it("count what random starts left out as not issued", () => {
    const layout = defineLayout({ sequenceBits: 4, epoch: 0 });
    const { clock } = setUp(layout);
    const generator = createGenerator({ layout, datacenterId: 0, machineId: 0, clock, sequenceStart: "random" });
    generator.fill(new BigUint64Array(100));
    expect(generator.stats().issued).toBe(100);
  });
});
