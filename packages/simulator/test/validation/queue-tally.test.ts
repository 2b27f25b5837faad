import { describe, expect, it } from "vitest";
import { agrees, estimateOf } from "../../src/validation/estimate.js";
import { QueueTally } from "../../src/validation/queue-tally.js";

describe("an estimate", () => {
  it("has the spread of its batches, and none where they are equal", () => {
    const { mean, low, high } = estimateOf([...Array(10).fill(1), ...Array(10).fill(3)], 20);
    // s = 1.026, t = 3.883: 3.883 × 1.026 / √20.
    expect([mean, low, high].map((value) => Number(value.toFixed(3)))).toEqual([2, 1.109, 2.891]);
    expect(estimateOf(Array(20).fill(7), 20)).toEqual({ mean: 7, low: 7, high: 7 });
  });

  it("of what never happened is a bound", () => {
    const never = estimateOf(Array(20).fill(0), 1000);
    expect(never).toEqual({ mean: 0, low: 0, high: 0.007601 });
    expect([agrees(0, never), agrees(0.007, never), agrees(0.01, never)]).toEqual([true, true, false]);
  });
});

describe("the tally of a queue", () => {
  it("counts by ticks, without the first batch", () => {
    const tally = new QueueTally(100, 21, 4);
    tally.add(100, 105, 9);
    // Every other tick five arrive for four IDs, and one of them waits a tick.
    for (let tick = 101; tick < 121; tick++) {
      if (tick % 2 === 1) tally.add(tick, tick, 3);
      else
        for (const [issued, count] of [
          [tick, 4],
          [tick + 1, 1],
        ] as const)
          tally.add(tick, issued, count);
    }
    tally.add(121, 130, 50);
    const { requests, ticks, exhaustion, backlogIds, waitTicks } = tally.estimates();
    expect([requests, ticks, exhaustion.mean, backlogIds.mean]).toEqual([80, 20, 0.5, 0.5]);
    expect(waitTicks.mean).toBeCloseTo(0.1, 12);
  });
});
