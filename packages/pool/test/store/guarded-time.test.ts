import { describe, expect, it } from "vitest";
import { BELIEVE_AFTER_MS, guardedTime } from "../../src/store/guarded-time.js";
import { ManualClock } from "./manual-clock.js";

const DAY_MS = 86_400_000;

describe("guarded time", () => {
  it("follows the wall clock, back and a little ahead", () => {
    const clock = new ManualClock();
    const now = guardedTime(clock, DAY_MS);
    for (const step of [0, -DAY_MS * 1000, 5000, DAY_MS, -1]) {
      clock.pass(10);
      clock.step(step);
      expect(now()).toBe(clock.wallMs);
    }
  });

  it("does not believe a wild jump ahead before it has held for ten seconds", () => {
    const clock = new ManualClock();
    const now = guardedTime(clock, DAY_MS);
    const before = now();
    clock.step(DAY_MS + 1);
    expect(now()).toBe(before);
    clock.pass(BELIEVE_AFTER_MS - 1);
    expect(now()).toBe(before + BELIEVE_AFTER_MS - 1);
    clock.pass(1);
    expect(now()).toBe(clock.wallMs);
  });

  it("forgets a jump that was taken back, and starts anew with the next", () => {
    const clock = new ManualClock();
    const now = guardedTime(clock, DAY_MS);
    now();
    for (let jump = 0; jump < 5; jump++) {
      clock.step(2 * DAY_MS);
      expect(now()).toBe(clock.wallMs - 2 * DAY_MS);
      clock.pass(BELIEVE_AFTER_MS - 1);
      expect(now()).toBe(clock.wallMs - 2 * DAY_MS);
      clock.step(-2 * DAY_MS);
      expect(now()).toBe(clock.wallMs);
    }
  });

  it("goes on where the wall clock gives no number", () => {
    const clock = new ManualClock(1000);
    const now = guardedTime(clock, DAY_MS);
    now();
    clock.pass(50);
    clock.wallMs = Number.NaN;
    expect(now()).toBe(1050);
  });
});
