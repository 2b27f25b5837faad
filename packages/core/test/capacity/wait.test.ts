import { describe, expect, it } from "vitest";
import { backlogTail, sumAbove } from "../../src/capacity/backlog-distribution.js";
import { waitOf } from "../../src/capacity/index.js";
import { Chain } from "./oracle/chain.js";

const QUEUES: readonly (readonly [number, number])[] = [
  [0.3, 1],
  [0.9, 1],
  [1.2, 2],
  [3.6, 4],
  [15.2, 16],
  [57.6, 64],
  [61.5, 64],
  [240, 256],
];

describe("the distribution of the backlog", () => {
  it.each(QUEUES)("at %d requests for %d IDs is the one that a tick leaves as it is", (mean, idsPerTick) => {
    const chain = new Chain(mean, idsPerTick);
    const tail = backlogTail(mean, idsPerTick, 30);
    for (let k = 0; k < 3 * idsPerTick; k++) expect(sumAbove(tail, k, 1)).toBeCloseTo(chain.probabilityAbove(k), 10);
  });

  it.each([
    [0.999, 1],
    [0.99 * 4096, 4096],
    [0.9985 * 65_536, 65_536],
  ])("at %d requests for %d IDs has the mean of the integral", (mean, idsPerTick) => {
    const wait = waitOf(mean, idsPerTick);
    const sum = sumAbove(backlogTail(mean, idsPerTick, 30), 0, Number.POSITIVE_INFINITY);
    expect(wait.kind === "stable" && sum / mean / wait.meanTicks).toBeCloseTo(1, 9);
  });
});

describe("the wait", () => {
  it.each(QUEUES)(
    "at %d requests for %d IDs has the percentiles of requests counted one by one",
    (mean, idsPerTick) => {
      const chain = new Chain(mean, idsPerTick);
      const wait = waitOf(mean, idsPerTick);
      expect(wait).toMatchObject({
        p50Ticks: chain.waitPercentile(0.5),
        p99Ticks: chain.waitPercentile(0.01),
        p999Ticks: chain.waitPercentile(0.001),
      });
      expect(wait.kind === "stable" && wait.meanTicks).toBeCloseTo(chain.meanWait(), 9);
    },
  );

  it("has the published mean: 0.0267 ticks at 57.6 requests for 64 IDs", () => {
    const wait = waitOf(57.6, 64);
    expect(wait.kind === "stable" && wait.meanTicks).toBeCloseTo(0.0267, 4);
  });

  it("is none for 999 of 1000 requests where the backlog is rare", () => {
    expect(waitOf(3600, 4096)).toMatchObject({ p50Ticks: 0, p99Ticks: 0, p999Ticks: 0 });
    expect(waitOf(0, 4096)).toEqual({ kind: "stable", meanTicks: 0, p50Ticks: 0, p99Ticks: 0, p999Ticks: 0 });
  });

  it("is at most a tick for a large tick near its ceiling, as its whole distribution says", () => {
    const [mean, idsPerTick] = [0.9985 * 65_536, 65_536];
    const share = sumAbove(backlogTail(mean, idsPerTick, 30), 0, idsPerTick) / mean;
    expect(waitOf(mean, idsPerTick)).toMatchObject({
      p99Ticks: share > 0.01 ? 1 : 0,
      p999Ticks: share > 0.001 ? 1 : 0,
    });
  });

  it("is unstable above 99.9 % of the ceiling", () => {
    expect(waitOf(64, 64)).toEqual({ kind: "unstable" });
  });
});
