import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClockError, steadyClock } from "../../src/index.js";
import { FakeClock, outcome, setUp } from "./fake-clock.js";

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
