import { describe, expect, test } from "vitest";
import { Draw } from "../../src/chance/draw.js";
import { boundsFor } from "../../src/profiles/bounds.js";
import type { Stage } from "../../src/profiles/stage.js";
import type { Fault } from "../../src/scenario/fault.js";
import type { Load } from "../../src/scenario/scenario.js";

const STEADY: Load = { kind: "steady", idsPerSecond: 100 };
const STAGE: Stage = {
  draw: new Draw(1),
  world: "virtual",
  durationMs: 100_000,
  shards: 3,
  windowMs: 1000,
  gapMs: 30,
};

describe("boundsFor", () => {
  test("nearly everything is asked for where nothing happens", () => {
    expect(boundsFor([], STEADY, STAGE).served).toBeGreaterThan(0.95);
  });

  test("the longer a shard is away, the less is asked for, never less than nothing", () => {
    const paused = (forMs: number): Fault => ({ kind: "pause", atMs: 0, forMs, on: "all" });
    const [short, long, longest] = [100, 20_000, 200_000].map((forMs) => boundsFor([paused(forMs)], STEADY, STAGE));
    expect(long!.served).toBeLessThan(short!.served);
    expect(long!.stallMs).toBeGreaterThanOrEqual(short!.stallMs + 19_000);
    expect(longest!.served).toBe(0);
  });

  test("a clock that was set back is waited for, one that was set ahead is not forgotten", () => {
    for (const byMs of [-8000, 8000]) {
      const { recoveryMs } = boundsFor([{ kind: "step", atMs: 0, forMs: 0, on: "all", byMs }], STEADY, STAGE);
      expect(recoveryMs).toBeGreaterThanOrEqual(8000);
    }
  });

  test("no share is asked for where refusals are asked again at once", () => {
    expect(boundsFor([], { kind: "saturating" }, STAGE).served).toBe(0);
  });
});
