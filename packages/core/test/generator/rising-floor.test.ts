import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator, decompose, defineLayout, type Generator, type Window } from "../../src/index.js";
import { HostileClock } from "./hostile-clock.js";

const START_TICK = 1000;
const LAYOUT = defineLayout({ timestampBits: 30, datacenterBits: 0, machineBits: 0, sequenceBits: 3, epoch: 0 });

class RisingWindow implements Window {
  floor = START_TICK - 1;
  admit(tick: number): number {
    return tick;
  }
}

function setUp(): { clock: HostileClock; window: RisingWindow; generator: Generator } {
  const clock = new HostileClock({ startMs: START_TICK, wallMs: [], monotonicMs: [], sleepPace: 1 }, () => {});
  const window = new RisingWindow();
  const generator = createGenerator({ layout: LAYOUT, datacenterId: 0, machineId: 0, clock, window, maxWaitMs: 50 });
  return { clock, window, generator };
}

/** The ways to ask; each returns the ticks it got, and none where it would have to wait. */
const asking: Readonly<Record<string, (generator: Generator, count: number, nowMs: number) => number[]>> = {
  tryNext: (generator) => {
    const id = generator.tryNext();
    return id === undefined ? [] : [decompose(LAYOUT, id).tick];
  },
  next: (generator) => [decompose(LAYOUT, generator.next()).tick],
  reserve: (generator, count, nowMs) => generator.reserve(count, nowMs - 5).map(({ tick }) => tick),
  reserveTick: (generator, count, nowMs) => (generator.reserveTick(count, nowMs) > 0 ? [nowMs] : []),
};

describe("a floor that rises while a generator issues", () => {
  it("is above no ID that is asked for afterwards, whoever asks in whatever way", () => {
    const step = fc.record({
      how: fc.constantFrom(...Object.keys(asking)),
      count: fc.integer({ min: 1, max: 20 }),
      passMs: fc.nat(2),
      rise: fc.constantFrom(0, 0, 0, 1, 2, 5),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { clock, window, generator } = setUp();
        let issued = 0;
        for (const { how, count, passMs, rise } of steps) {
          clock.sleep(passMs);
          window.floor += rise;
          const ticks = asking[how]!(generator, count, Math.floor(clock.now()));
          for (const tick of ticks) expect(tick).toBeGreaterThan(window.floor);
          expect(generator.stats().issued).toBeGreaterThanOrEqual(issued);
          issued = generator.stats().issued;
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(["tryNext", "reserve", "reserveTick"])("takes away what %s would have left of the last tick", (how) => {
    const { window, generator } = setUp();
    const ask = asking[how]!;
    expect(ask(generator, 1, START_TICK)).toEqual([START_TICK]);
    expect(ask(generator, 1, START_TICK)).toEqual([START_TICK]);
    window.floor = START_TICK;
    expect(ask(generator, 1, START_TICK)).toEqual([]);
    expect(generator.stats().issued).toBe(2);
  });

  it("says that the clock is behind, where it does not reach the floor in time", () => {
    const { window, generator } = setUp();
    generator.next();
    window.floor = START_TICK + 1000;
    expect(() => generator.next()).toThrow(expect.objectContaining({ code: "CLOCK_BEHIND" }));
  });
});
