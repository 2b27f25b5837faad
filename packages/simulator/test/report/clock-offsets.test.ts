import { describe, expect, it } from "vitest";
import { clockOffsets } from "../../src/report/clock-offsets.js";
import type { Fault } from "../../src/scenario/fault.js";
import { ranWith, scenarioWith } from "../search/planted.js";

const stepOn = (shard: number, byMs: number): Fault => ({ kind: "step", atMs: 1_800_000, forMs: 0, on: [shard], byMs });

describe("the clocks of a report", () => {
  it("have a line each, with the step where it is and sharp", () => {
    const { outcome } = ranWith(() => undefined, scenarioWith([stepOn(1, -5000)], { shards: 2 }));
    const { atMs, lines, others } = clockOffsets(outcome);
    expect(lines.map(({ shard }) => shard)).toEqual([0, 1]);
    expect(others).toBeNull();
    const [still, stepped] = lines.map(({ offsetsMs }) => offsetsMs);
    expect(new Set(still)).toEqual(new Set([0]));
    expect(atMs).toEqual(atMs.toSorted((a, b) => a - b));
    expect(stepped).toEqual(atMs.map((at) => (at < 1_800_000 ? 0 : -5000)));
    expect(atMs.find((at) => at >= 1_800_000)! - atMs.findLast((at) => at < 1_800_000)!).toBeLessThan(10);
  });

  it("show a clock that swings faster than a pixel as the band it is", () => {
    const strobe: Fault = { kind: "strobe", atMs: 0, forMs: 3_600_000, on: [0], byMs: 400, periodMs: 7 };
    const { lines } = clockOffsets(ranWith(() => undefined, scenarioWith([strobe], { shards: 1 })).outcome);
    const { offsetsMs } = lines[0]!;
    const parts = Array.from({ length: offsetsMs.length / 2 }, (_, part) => offsetsMs.slice(2 * part, 2 * part + 2));
    const banded = parts.filter((part) => part.includes(0) && part.includes(400));
    expect(banded.length).toBeGreaterThan(0.9 * parts.length);
  });

  it("of a fleet are eight lines and a band: shards with violations first, then those that are farthest off", () => {
    const faults = Array.from({ length: 20 }, (_, shard) => stepOn(shard, 1000 * (shard + 1)));
    const { outcome } = ranWith(() => undefined, scenarioWith(faults, { shards: 32 }));
    const violation = { invariant: "unique" as const, atMs: 5, ids: [], detail: "" };
    const broken = {
      ...outcome,
      violations: [
        { ...violation, shard: 31 },
        { ...violation, shard: 99 },
      ],
    };
    const { lines, others } = clockOffsets(broken);
    expect(lines.map(({ shard }) => shard)).toEqual([13, 14, 15, 16, 17, 18, 19, 31]);
    expect(others).toMatchObject({ shards: 24 });
    expect([Math.min(...others!.leastMs), Math.max(...others!.mostMs)]).toEqual([0, 13_000]);
  });
});
