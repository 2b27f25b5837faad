import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setUp } from "./fake-clock.js";

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
