import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shardTime } from "../../src/time/shard-time.js";
import { anyScenario } from "../scenario/arbitraries.js";

const anyTimes = fc.array(fc.double({ min: 0, max: 3_600_000, noNaN: true }), { minLength: 2, maxLength: 60 });
const anyCopy = fc.constantFrom("original" as const, "clone" as const);

describe("shardTime", () => {
  test("a clock is a function of true time: reads in any order give the same", () => {
    fc.assert(
      fc.property(anyScenario, anyTimes, anyCopy, (scenario, times, copy) => {
        const [here, there] = [shardTime(scenario, 0, copy), shardTime(scenario, 0, copy)];
        const read = (time: typeof here, atMs: number): readonly number[] => [
          time.wallMs(atMs),
          time.monotonicMs(atMs),
        ];
        const ascending = times.toSorted((a, b) => a - b);
        const asRead = new Map(ascending.map((atMs) => [atMs, read(here, atMs)]));
        for (const atMs of times) expect(read(there, atMs)).toEqual(asRead.get(atMs));
        for (const atMs of times) expect(read(here, atMs)).toEqual(asRead.get(atMs));
      }),
    );
  });

  test("every reading is a finite number", () => {
    fc.assert(
      fc.property(anyScenario, anyTimes, anyCopy, (scenario, times, copy) => {
        const time = shardTime(scenario, 0, copy);
        for (const atMs of times) {
          expect(Number.isFinite(time.wallMs(atMs))).toBe(true);
          expect(Number.isFinite(time.monotonicMs(atMs))).toBe(true);
        }
      }),
    );
  });

  test("monotonic time never goes back, whatever is wrong", () => {
    fc.assert(
      fc.property(anyScenario, anyTimes, anyCopy, (scenario, times, copy) => {
        const time = shardTime(scenario, 0, copy);
        let last = Number.NEGATIVE_INFINITY;
        for (const atMs of times.toSorted((a, b) => a - b)) {
          const monotonic = time.monotonicMs(atMs);
          expect(monotonic).toBeGreaterThanOrEqual(last);
          last = monotonic;
        }
      }),
    );
  });

  test("nothing shows before its time, and a shard that is not hit shows nothing", () => {
    fc.assert(
      fc.property(anyScenario, anyTimes, (scenario, times) => {
        const spared = { ...scenario, shards: 2, faults: scenario.faults.map((fault) => ({ ...fault, on: [1] })) };
        const [hit, other] = [shardTime(scenario, 0, "original"), shardTime(spared, 0, "original")];
        for (const atMs of times) {
          expect(other.wallMs(atMs)).toBe(scenario.startMs + atMs);
          for (const [place, fault] of scenario.faults.entries()) {
            expect(other.shows(place, atMs)).toBe(false);
            if (atMs < fault.atMs) expect(hit.shows(place, atMs)).toBe(false);
          }
        }
      }),
    );
  });
});
