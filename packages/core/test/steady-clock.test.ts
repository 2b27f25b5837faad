import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Clock, ClockError, type SteadyClock, type SteadyClockOptions, steadyClock } from "../src/index.js";

/** A clock that reads what it was told, and counts how often it was asked. */
class FakeClock implements Clock {
  wall = 1_000_000;
  mono = 0;
  wallReads = 0;
  monoReads = 0;
  readonly slept: number[] = [];

  now(): number {
    this.wallReads++;
    return this.wall;
  }
  monotonic(): number {
    this.monoReads++;
    return this.mono;
  }
  sleep(ms: number): void {
    this.slept.push(ms);
  }
  /** Time passes: both go on. */
  pass(ms: number): void {
    this.wall += ms;
    this.mono += ms;
  }
}

function setUp(options: SteadyClockOptions = {}): { clock: FakeClock; steady: SteadyClock } {
  const clock = new FakeClock();
  const steady = steadyClock(clock, options);
  steady.now();
  return { clock, steady };
}

function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

const strange = fc.constantFrom(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  -0,
);
const anyReading = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1_000_000, max: 1_030_000 }) },
  { weight: 3, arbitrary: fc.double({ min: 1_000_000, max: 1_030_000, noNaN: true }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: strange },
);
const anyReadings = fc.array(fc.record({ wall: anyReading, mono: anyReading }), { maxLength: 60 });
const anyTolerance = fc.oneof(fc.constantFrom(0, 10_000), fc.double({ min: 0, max: 1e9, noNaN: true }));

describe("steadyClock on any readings whatever", () => {
  it("gives a finite reading that is never less than one before, or throws a ClockError", () => {
    fc.assert(
      fc.property(anyReadings, anyTolerance, (readings, toleranceMs) => {
        const clock = new FakeClock();
        const steady = steadyClock(clock, { toleranceMs });
        let highest = Number.NEGATIVE_INFINITY;
        for (const { wall, mono } of readings) {
          Object.assign(clock, { wall, mono });
          const reading = outcome(() => steady.now());
          if (typeof reading === "number") {
            expect(reading).toBeGreaterThanOrEqual(highest);
            expect(Number.isFinite(reading)).toBe(true);
            highest = reading;
          } else {
            expect(reading).toBeInstanceOf(ClockError);
            expect((reading as ClockError).code).toBe(
              Number.isFinite(wall) ? "CLOCK_STEPPED_BACK" : "CLOCK_UNREADABLE",
            );
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("throws CLOCK_STEPPED_BACK exactly while the wall clock is further behind than the tolerance", () => {
    fc.assert(
      fc.property(anyReadings, anyTolerance, (readings, toleranceMs) => {
        const clock = new FakeClock();
        const steady = steadyClock(clock, { toleranceMs });
        let highest = Number.NEGATIVE_INFINITY;
        for (const { wall, mono } of readings) {
          Object.assign(clock, { wall, mono });
          const reading = outcome(() => steady.now());
          if (Number.isFinite(wall)) expect(reading instanceof ClockError).toBe(highest - wall > toleranceMs);
          if (typeof reading === "number") highest = reading;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("reads the wall clock once per reading, and monotonic time only while it is behind", () => {
    fc.assert(
      fc.property(anyReadings, (readings) => {
        const clock = new FakeClock();
        const steady = steadyClock(clock);
        let highest = Number.NEGATIVE_INFINITY;
        for (const { wall, mono } of readings) {
          Object.assign(clock, { wall, mono, wallReads: 0, monoReads: 0 });
          const caughtUp = wall >= highest;
          const reading = outcome(() => steady.now());
          expect(clock.wallReads).toBe(1);
          if (caughtUp) expect(clock.monoReads).toBe(0);
          if (typeof reading === "number") highest = reading;
        }
      }),
    );
  });

  it("passes on a wall clock that does not go backwards, whatever monotonic time does", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e6 })), anyReading, (advances, mono) => {
        const { clock, steady } = setUp();
        for (const ms of advances) {
          clock.wall += ms;
          clock.mono = mono;
          expect(steady.now()).toBe(clock.wall);
        }
        expect(steady.steps).toBe(0);
      }),
    );
  });
});

describe("steadyClock after a step back", () => {
  const step = fc.integer({ min: 1, max: 10_000 });
  const pauses = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 80 });

  it("goes on at half rate until the wall clock has caught up, within twice the step", () => {
    fc.assert(
      fc.property(step, pauses, (stepMs, pausesMs) => {
        const { clock, steady } = setUp();
        const top = clock.wall;
        clock.wall -= stepMs;
        let elapsedMs = 0;
        let previous = steady.now();
        expect(previous).toBe(top);
        for (const pauseMs of pausesMs) {
          clock.pass(pauseMs);
          elapsedMs += pauseMs;
          const reading = steady.now();
          expect(reading).toBe(clock.wall >= previous ? clock.wall : top + elapsedMs / 2);
          expect(steady.leadMs).toBe(reading - clock.wall);
          if (clock.wall >= previous) break;
          previous = reading;
        }
        clock.pass(Math.max(0, 2 * stepMs - elapsedMs));
        expect(steady.now()).toBe(clock.wall);
        expect(steady.leadMs).toBe(0);
        expect(steady.steps).toBe(1);
      }),
    );
  });

  it("is never further ahead than the step, and the distance only shrinks", () => {
    fc.assert(
      fc.property(step, pauses, (stepMs, pausesMs) => {
        const { clock, steady } = setUp();
        clock.wall -= stepMs;
        let lead = stepMs;
        for (const pauseMs of pausesMs) {
          clock.pass(pauseMs);
          const next = steady.now() - clock.wall;
          expect(next).toBeLessThanOrEqual(lead);
          lead = next;
        }
      }),
    );
  });

  it("absorbs a second step during the first within twice what is left of both", () => {
    const quarter = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(quarter, fc.integer({ min: 1, max: 5000 }), (quarterMs, secondMs) => {
        const { clock, steady } = setUp();
        const top = clock.wall;
        clock.wall -= 4 * quarterMs;
        steady.now();
        clock.pass(2 * quarterMs);
        expect(steady.now()).toBe(top + quarterMs);
        clock.wall -= secondMs;
        expect(steady.now()).toBe(top + quarterMs);
        expect(steady.steps).toBe(2);
        const leftMs = 3 * quarterMs + secondMs;
        expect(steady.leadMs).toBe(leftMs);
        for (let ms = 1; ms < 2 * leftMs - 1; ms++) {
          clock.pass(1);
          if (steady.now() !== top + quarterMs + ms / 2) expect.fail(`left the half-rate line after ${ms} ms`);
        }
        clock.pass(1);
        expect(steady.now()).toBe(clock.wall);
        clock.pass(1);
        expect(steady.now()).toBe(clock.wall);
      }),
      { numRuns: 20 },
    );
  });

  it("loses nothing to rounding when it is read far more often than a number near 2^41 can tell apart", () => {
    const { clock, steady } = setUp();
    clock.wall = 1_700_000_000_000;
    steady.now();
    clock.wall -= 1000;
    const start = steady.now();
    for (let reads = 0; reads < 100_000; reads++) {
      clock.mono += 0.00005;
      steady.now();
    }
    expect(steady.now() - start).toBeCloseTo(2.5, 2);
  });

  it("stands still, and is right again as soon as the wall clock has caught up, when monotonic time is frozen", () => {
    const { clock, steady } = setUp();
    const top = clock.wall;
    clock.wall -= 100;
    for (let ms = 0; ms < 100; ms++) {
      expect(steady.now()).toBe(top);
      clock.wall += 1;
    }
    clock.wall += 5;
    expect(steady.now()).toBe(top + 5);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "takes a monotonic reading of %s for no time passed and goes on with the next good one",
    (bad) => {
      const { clock, steady } = setUp();
      const top = clock.wall;
      clock.wall -= 1000;
      clock.mono = bad;
      expect(steady.now()).toBe(top);
      clock.mono = 40;
      expect(steady.now()).toBe(top);
      clock.mono = 60;
      expect(steady.now()).toBe(top + 10);
      clock.mono = bad;
      expect(steady.now()).toBe(top + 10);
      clock.mono = 80;
      expect(steady.now()).toBe(top + 20);
    },
  );

  it("goes on from where it is when monotonic time goes backwards", () => {
    const { clock, steady } = setUp();
    const top = clock.wall;
    clock.wall -= 1000;
    clock.mono = 500;
    steady.now();
    clock.mono = 600;
    expect(steady.now()).toBe(top + 50);
    clock.mono = 100;
    expect(steady.now()).toBe(top + 50);
    clock.mono = 120;
    expect(steady.now()).toBe(top + 60);
  });

  it("is not carried past the tolerance by monotonic time that runs away", () => {
    const { clock, steady } = setUp({ toleranceMs: 500 });
    clock.wall -= 100;
    steady.now();
    clock.mono = 1e12;
    expect(steady.now()).toBe(clock.wall + 500);
    clock.pass(10);
    expect(steady.now()).toBe(clock.wall + 495);
  });

  it("starts anew at a step that comes just after the wall clock had caught up exactly", () => {
    const { clock, steady } = setUp();
    const top = clock.wall;
    clock.wall -= 100;
    steady.now();
    clock.mono += 5000;
    clock.wall = top;
    expect(steady.now()).toBe(top);
    clock.wall = top - 100;
    expect(steady.now()).toBe(top);
    expect(steady.steps).toBe(2);
  });
});

describe("steadyClock past its tolerance", () => {
  it("throws at every call until the wall clock is back inside, then goes on by itself", () => {
    const { clock, steady } = setUp({ toleranceMs: 1000 });
    const top = clock.wall;
    clock.wall -= 1500;
    for (const retryAfterMs of [500, 400, 300, 200, 100]) {
      const refusal = expect.objectContaining({ code: "CLOCK_STEPPED_BACK", retryAfterMs });
      expect(() => steady.now()).toThrow(ClockError);
      expect(() => steady.now()).toThrow(refusal);
      clock.pass(100);
    }
    expect(steady.now()).toBe(top);
    clock.pass(200);
    expect(steady.now()).toBe(top + 100);
    clock.pass(1800);
    expect(steady.now()).toBe(clock.wall);
    expect(steady.steps).toBe(1);
  });

  it("does not make up for the time it refused in", () => {
    const { clock, steady } = setUp({ toleranceMs: 1000 });
    const top = clock.wall;
    clock.wall -= 900;
    expect(steady.now()).toBe(top);
    clock.wall -= 5000;
    expect(() => steady.now()).toThrow(ClockError);
    clock.mono += 150;
    clock.wall = top - 900;
    expect(steady.now()).toBe(top);
    clock.pass(50);
    expect(steady.now()).toBe(top + 25);
  });

  it("answers after the wait it asked for", () => {
    fc.assert(
      fc.property(fc.double({ min: 1001, max: 1e9, noNaN: true }), (stepMs) => {
        const { clock, steady } = setUp({ toleranceMs: 1000 });
        clock.wall -= stepMs;
        const { retryAfterMs } = outcome(() => steady.now()) as ClockError;
        expect(retryAfterMs).toBeGreaterThan(0);
        clock.pass(retryAfterMs!);
        expect(typeof outcome(() => steady.now())).toBe("number");
      }),
    );
  });

  it("refuses after a jump far ahead and back, and recovers when the wall clock gets there", () => {
    const { clock, steady } = setUp();
    clock.wall += 1e9;
    const top = steady.now();
    clock.wall -= 1e9;
    expect(() => steady.now()).toThrow(expect.objectContaining({ code: "CLOCK_STEPPED_BACK" }));
    clock.wall = top + 1;
    expect(steady.now()).toBe(top + 1);
  });

  it("recovers at once when the wall clock is set right", () => {
    const { clock, steady } = setUp({ toleranceMs: 0 });
    clock.wall -= 1;
    expect(() => steady.now()).toThrow(expect.objectContaining({ code: "CLOCK_STEPPED_BACK", retryAfterMs: 1 }));
    clock.wall += 1;
    expect(steady.now()).toBe(clock.wall);
  });
});

describe("steadyClock", () => {
  it("refuses a reading that is no finite number, then goes on as if it had not been", () => {
    for (const bad of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      "1000001",
      null,
      undefined,
      5n,
    ]) {
      const { clock, steady } = setUp();
      const wall = clock.wall;
      clock.wall = bad as number;
      expect(() => steady.now()).toThrow(expect.objectContaining({ code: "CLOCK_UNREADABLE" }));
      clock.wall = wall;
      expect(steady.now()).toBe(wall);
      expect(steady.steps).toBe(0);
    }
  });

  it.each([Number.NEGATIVE_INFINITY, Number.NaN])("refuses %s also as its first reading", (bad) => {
    const clock = new FakeClock();
    clock.wall = bad;
    expect(() => steadyClock(clock).now()).toThrow(expect.objectContaining({ code: "CLOCK_UNREADABLE" }));
  });

  it("hands monotonic time and sleep on", () => {
    const { clock, steady } = setUp();
    clock.mono = 42;
    steady.sleep(7);
    expect(steady.monotonic()).toBe(42);
    expect(clock.slept).toEqual([7]);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, "10"])("refuses a tolerance of %s", (toleranceMs) => {
    const make = () => steadyClock(new FakeClock(), { toleranceMs: toleranceMs as number });
    expect(make).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
});
