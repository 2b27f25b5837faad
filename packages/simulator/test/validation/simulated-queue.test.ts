import { defineLayout } from "@shardflake/core";
import { backlogOf, exhaustionOf, waitOf } from "@shardflake/core/capacity";
import { describe, expect, it } from "vitest";
import { agrees } from "../../src/validation/estimate.js";
import { simulatedCeiling, simulatedQueue } from "../../src/validation/simulated-queue.js";

const { signal } = new AbortController();

describe("the capacity maths in the virtual world", { timeout: 60_000 }, () => {
  it.each([
    [0, 700, 1],
    [2, 3600, 1],
    [6, 57_600, 1],
    [6, 38_400, 10],
  ])(
    "hold at %d bits and %d IDs a second with a tick of %d ms, within the confidence interval",
    (sequenceBits, rate, tickMs) => {
      const layout = defineLayout({ sequenceBits, tickMs });
      const idsPerSecond = rate / tickMs;
      const mean = rate / 1000;
      const queue = simulatedQueue(layout, idsPerSecond, { requests: 150_000, seed: 7, signal });
      const [backlog, wait] = [backlogOf(mean, 2 ** sequenceBits), waitOf(mean, 2 ** sequenceBits)];
      if (backlog.kind === "unstable" || wait.kind === "unstable") throw new Error("the load is above the ceiling");
      expect(agrees(exhaustionOf(mean, 2 ** sequenceBits).probability, queue.exhaustion)).toBe(true);
      expect(agrees(backlog.meanIds, queue.backlogIds)).toBe(true);
      expect(agrees(wait.meanTicks, queue.waitTicks)).toBe(true);
      // The interval is not so wide that everything agrees: a fifth more load is found.
      expect(agrees(exhaustionOf(mean * 1.2, 2 ** sequenceBits).probability, queue.exhaustion)).toBe(false);
    },
  );

  it("say the ceiling that is reached", () => {
    const layout = defineLayout({ sequenceBits: 4 });
    expect(simulatedCeiling(layout, { requests: 1, seed: 1, signal })).toEqual({
      mean: 16_000,
      low: 16_000,
      high: 16_000,
    });
  });
});
