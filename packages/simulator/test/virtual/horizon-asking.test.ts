import { FLOOR_MARGIN_MS } from "@shardflake/pool/protocol";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/scenario/fault.js";
import { horizonAskingOf } from "../../src/virtual/horizon-asking.js";

const asks = (seed: number, faults: readonly Fault[]): boolean =>
  Number.isFinite(horizonAskingOf({ seed, windowMs: 1000, faults }).nextMs("one"));

const seeds = Array.from({ length: 400 }, (_, seed) => seed);
const at = { atMs: 0, forMs: 0, on: [0] } as const;
const half = FLOOR_MARGIN_MS / 2;

describe("the processes of a world", () => {
  it("ask for the horizon in one scenario of four", () => {
    const asking = seeds.filter((seed) => asks(seed, [])).length;
    expect(asking).toBeGreaterThan(70);
    expect(asking).toBeLessThan(130);
  });

  it.each<[string, readonly Fault[], boolean]>([
    ["clocks are set forward", [{ ...at, kind: "step", byMs: 10 * FLOOR_MARGIN_MS }], true],
    ["a clock is set back by less than floors stay behind", [{ ...at, kind: "step", byMs: -half }], true],
    [
      "clocks are set back by more, all together",
      [
        { ...at, kind: "step", byMs: -half },
        { ...at, kind: "zombie", stepMs: -half },
      ],
      false,
    ],
    [
      "a suspended host's clock stays behind",
      [{ ...at, kind: "suspend", forMs: 2 * half, wall: "stays-behind" }],
      false,
    ],
  ])("where %s", (_, faults, mayAsk) => {
    expect(seeds.some((seed) => asks(seed, faults))).toBe(mayAsk);
  });
});
