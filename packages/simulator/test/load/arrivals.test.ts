import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrivals } from "../../src/load/arrivals.js";
import type { Load, Scenario } from "../../src/scenario/scenario.js";
import { scenarioOf } from "../scenario/arbitraries.js";

function timesOf(scenario: Scenario, shard: number): number[] {
  const next = arrivals(scenario, shard);
  const times: number[] = [];
  for (; next.atMs < Number.POSITIVE_INFINITY; next.advance()) times.push(next.atMs);
  return times;
}

function underLoad(load: Load, change: Partial<Scenario> = {}): Scenario {
  return scenarioOf([], { shards: 4, durationMs: 100_000, load, ...change });
}

describe("arrivals", () => {
  test("steady: evenly spaced over all shards together", () => {
    const scenario = underLoad({ kind: "steady", idsPerSecond: 7 });
    const all = [0, 1, 2, 3].flatMap((shard) => timesOf(scenario, shard)).sort((a, b) => a - b);
    expect(all.length).toBe(699);
    all.forEach((atMs, index) => {
      expect(atMs).toBeCloseTo(((index + 1) * 1000) / 7, 6);
    });
  });

  test("poisson: gaps have the mean and the spread of an exponential, and shards differ", () => {
    const scenario = underLoad({ kind: "poisson", idsPerSecond: 1000 });
    const [times, others] = [timesOf(scenario, 0), timesOf(scenario, 1)];
    const gaps = times.map((atMs, index) => atMs - (times[index - 1] ?? 0));
    const mean = gaps.reduce((total, gap) => total + gap, 0) / gaps.length;
    const variance = gaps.reduce((total, gap) => total + (gap - mean) ** 2, 0) / gaps.length;
    expect(mean).toBeGreaterThan(4 * 0.97);
    expect(mean).toBeLessThan(4 * 1.03);
    expect(Math.sqrt(variance) / mean).toBeGreaterThan(0.96);
    expect(Math.sqrt(variance) / mean).toBeLessThan(1.04);
    const beyondTwoMeans = gaps.filter((gap) => gap > 2 * mean).length / gaps.length;
    expect(Math.abs(beyondTwoMeans - Math.exp(-2))).toBeLessThan(0.01);
    expect(new Set([...times, ...others]).size).toBe(times.length + others.length);
  });

  test("burst: the same number on every shard at every multiple", () => {
    const next = arrivals(underLoad({ kind: "burst", ids: 50, everyMs: 250 }), 3);
    expect([next.ids, next.atMs]).toEqual([50, 250]);
    next.advance();
    expect([next.ids, next.atMs]).toEqual([50, 500]);
  });

  test("saturating: always due, a tick's worth at a time", () => {
    const next = arrivals(underLoad({ kind: "saturating" }), 0);
    for (let request = 0; request < 3; request++) {
      expect([next.ids, next.atMs]).toEqual([4096, 0]);
      next.advance();
    }
  });

  test("they ascend, end with the scenario, and are the same however often they are read", () => {
    const anyLoad = fc.oneof(
      fc.record({
        kind: fc.constantFrom("steady" as const, "poisson" as const),
        idsPerSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
      }),
      fc.record({
        kind: fc.constant("burst" as const),
        ids: fc.integer({ min: 1, max: 9 }),
        everyMs: fc.integer({ min: 100, max: 200_000 }),
      }),
    );
    fc.assert(
      fc.property(anyLoad, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (load, seed) => {
        const scenario = underLoad(load, { seed });
        const times = timesOf(scenario, 2);
        expect(times.every((atMs, index) => atMs > (times[index - 1] ?? 0) && atMs < 100_000)).toBe(true);
        const again = arrivals(scenario, 2);
        expect(
          times.map(() => {
            const read = [again.atMs, again.atMs];
            again.advance();
            return read;
          }),
        ).toEqual(times.map((atMs) => [atMs, atMs]));
        expect(again.atMs).toBe(Number.POSITIVE_INFINITY);
      }),
    );
  });
});
