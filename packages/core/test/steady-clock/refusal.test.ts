import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClockError, steadyClock } from "../../src/index.js";
import { FakeClock, outcome, setUp } from "./fake-clock.js";

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
