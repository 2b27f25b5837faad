import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Target } from "../../src/scenario/fault.js";
import { targetsOf } from "../../src/scenario/targets.js";
import { scenarioOf } from "./arbitraries.js";

const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const anyShards = fc.integer({ min: 1, max: 40 });

function targets(seed: number, shards: number, on: Target, place = 0): readonly number[] {
  const pause = { kind: "pause", atMs: 0, forMs: 1, on } as const;
  return targetsOf(scenarioOf(Array(place + 1).fill(pause), { seed, shards }), place);
}

describe("targetsOf", () => {
  test.each<[Target, (shards: number) => number]>([
    ["one", () => 1],
    ["minority", (shards) => Math.ceil(shards / 3)],
    ["majority", (shards) => Math.ceil((2 * shards) / 3)],
    ["all", (shards) => shards],
  ])("%s: so many different shards, ascending, the same every time", (on, count) => {
    fc.assert(
      fc.property(anySeed, anyShards, (seed, shards) => {
        const befallen = targets(seed, shards, on);
        expect(befallen).toHaveLength(count(shards));
        expect(befallen).toEqual([...new Set(befallen)].sort((a, b) => a - b));
        expect(befallen.every((shard) => shard >= 0 && shard < shards)).toBe(true);
        expect(targets(seed, shards, on)).toEqual(befallen);
      }),
    );
  });

  test("a list is itself, ascending", () => {
    expect(targets(1, 5, [4, 0, 2])).toEqual([0, 2, 4]);
  });

  test("every shard has its turn, and the place in the list counts", () => {
    const bySeed = Array.from({ length: 200 }, (_, seed) => targets(seed, 5, "one")[0]);
    const byPlace = Array.from({ length: 200 }, (_, place) => targets(1, 5, "one", place)[0]);
    for (const drawn of [bySeed, byPlace]) {
      for (const shard of [0, 1, 2, 3, 4]) {
        expect(drawn.filter((other) => other === shard).length).toBeGreaterThan(15);
      }
    }
  });
});
