import fc from "fast-check";
import { expect, test } from "vitest";
import type { Life } from "../../../src/subject/life.js";
import { createProcessTime, ProcessOver, STEP_MS } from "../../../src/subject/thread/process-time.js";

const START_MS = 1_700_000_000_000;
const TRUE_TIME = { wallMs: (ms: number) => START_MS + ms, monotonicMs: (ms: number) => ms };
const LIFE: Life = {
  shard: 0,
  copy: "original",
  generation: 1,
  origin: null,
  fromMs: 0,
  toMs: 3_600_000,
  end: "scenario-over",
  standstills: [],
};

const timeOf = (life: Partial<Life> = {}, shown = TRUE_TIME, stoodStill = (_fault: number): void => {}) =>
  createProcessTime({ shown, life: { ...LIFE, ...life }, startMs: START_MS, graceMs: 0, stoodStill });

test("a read takes time, and only that", () => {
  const time = timeOf();
  expect(time.wallMs()).toBe(START_MS + time.trueMs);
  expect(time.trueMs).toBe(STEP_MS);
  expect(time.reads).toBe(1);
});

test("whoever spins on a clock until some time is there after a few thousand reads, and hardly late", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1_000_000, noNaN: true }), (waitMs) => {
      const time = timeOf();
      time.beginRequest();
      while (time.monotonicMs() < waitMs);
      expect(time.reads).toBeLessThan(7000);
      expect(time.trueMs).toBeLessThan(waitMs * 1.005 + 2 * STEP_MS);
    }),
  );
});

test("whoever spins on a frozen clock is thrown out at the end of its process", () => {
  const time = timeOf({}, { ...TRUE_TIME, wallMs: () => START_MS });
  expect(() => {
    while (time.wallMs() < START_MS + 1);
  }).toThrow(ProcessOver);
  expect(time.over).toBe(true);
  expect(() => time.wallMs()).toThrow(ProcessOver);
});

test("a process that stands still comes back after it, in the middle of a call", () => {
  const noticed: number[] = [];
  const standstills = [
    { fault: 3, fromMs: 5, toMs: 500 },
    { fault: 4, fromMs: 600, toMs: 700 },
  ];
  const time = timeOf({ standstills }, TRUE_TIME, (fault) => noticed.push(fault));
  time.sleep(4);
  expect(time.trueMs).toBeCloseTo(4, 3);
  time.sleep(2);
  expect(time.trueMs).toBe(500);
  time.moveTo(800);
  expect(noticed).toEqual([3]);
});

test("a sleep lasts as long as the monotonic clock says", () => {
  const frozenFor = 60_000;
  const suspended = { ...TRUE_TIME, monotonicMs: (ms: number) => (ms < 10 ? ms : Math.max(10, ms - frozenFor)) };
  const time = timeOf({}, suspended);
  time.sleep(15);
  expect(time.trueMs).toBeCloseTo(frozenFor + 15, 3);
  expect(() => time.sleep(Number.POSITIVE_INFINITY)).toThrow(ProcessOver);
});

test("the clock's error is the largest that was read, and fades at half the rate of time", () => {
  const stepBack = { ...TRUE_TIME, wallMs: (ms: number) => START_MS + ms + (ms < 100 ? 50 : 0) };
  const time = timeOf({}, stepBack);
  time.moveTo(40);
  time.beginRequest();
  time.wallMs();
  expect(time.errorMs).toBeCloseTo(50, 3);
  time.moveTo(120);
  time.beginRequest();
  time.wallMs();
  expect(time.errorMs).toBeCloseTo(10, 1);
  time.moveTo(200);
  time.beginRequest();
  time.endRequest();
  expect(time.errorMs).toBeCloseTo(0, 3);
});
