import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  backlogOf,
  burstOf,
  capacityOf,
  collisionProbability,
  crashesPerHour,
  disorderOf,
  type Load,
  lifetimeYears,
  numberMargin,
  randomStartLoss,
  uuidV4CollisionProbability,
  uuidV7CollisionProbability,
} from "../../src/capacity/index.js";
import { createGenerator, defineLayout, presets } from "../../src/index.js";
import { anyLayout } from "../layouts.js";

const LOAD: Load = { idsPerSecond: 10_000, machinesInUse: 1, burstIds: 0, skewMs: 10, windowMs: 6000 };

describe("the lifetime", () => {
  it.each([
    [41, 1, 69.7],
    [39, 10, 174.2],
    [32, 1000, 136.1],
  ])("of %d bits at %d ms is %d years", (timestampBits, tickMs, years) => {
    expect(lifetimeYears({ timestampBits, tickMs })).toBeCloseTo(years, 1);
  });

  it("ends where the layout's own does", () => {
    expect(capacityOf(presets.twitter, LOAD).endsAtMs).toBe(Date.parse("2080-07-10T17:30:30.209Z"));
  });
});

describe("the margin to JavaScript's numbers", () => {
  it("ends with the first ID that is 2^53 or more", () => {
    fc.assert(
      fc.property(anyLayout, (layout) => {
        const { bits, exactUntilMs } = numberMargin(layout);
        const below = 2n ** BigInt(layout.totalBits - layout.timestampBits);
        const tick = BigInt((exactUntilMs - layout.epochMs) / layout.tickMs);
        expect(bits).toBe(53 - layout.totalBits);
        // The last ID of the tick before is exact; the first one of this tick is not, or has no tick of its own.
        if (tick > 0n) expect(tick * below - 1n < 2n ** 53n).toBe(true);
        expect(tick * below >= 2n ** 53n || tick === 2n ** BigInt(layout.timestampBits)).toBe(below <= 2n ** 53n);
      }),
    );
  });

  it("is nothing left in a layout of 53 bits", () => {
    const layout = presets["js-safe"];
    expect(numberMargin(layout)).toEqual({ bits: 0, exactUntilMs: layout.lifetimeEndMs });
  });
});

describe("collisions", () => {
  it("have the published values: of 1024 machine IDs 10 collide with 4.3 %, 38 with 50 %", () => {
    expect(collisionProbability(10, 1024)).toBeCloseTo(0.043, 3);
    expect(collisionProbability(38, 1024)).toBeCloseTo(0.5, 2);
  });

  it("agree with counting whole numbers", () => {
    for (const [count, choices] of [
      [2, 1024],
      [23, 365],
      [100, 1024],
      [300, 65_536],
    ] as const) {
      let [distinct, all] = [1n, 1n];
      for (let i = 0; i < count; i++) [distinct, all] = [distinct * BigInt(choices - i), all * BigInt(choices)];
      const exact = Number(((all - distinct) * 10n ** 17n) / all) / 1e17;
      expect(Math.abs(collisionProbability(count, choices) / exact - 1)).toBeLessThan(1e-9);
    }
  });

  it("are certain beyond the last choice, and there are none of one", () => {
    expect(collisionProbability(1025, 1024)).toBe(1);
    expect(collisionProbability(1, 1024)).toBe(0);
    expect(collisionProbability(1, 1)).toBe(0);
  });

  it("of UUIDv4 have the known value: 2.71e18 of them collide with 50 %", () => {
    expect(uuidV4CollisionProbability(2.71e18)).toBeCloseTo(0.5, 2);
    expect(uuidV4CollisionProbability(0)).toBe(0);
  });

  it("of UUIDv7 are those of its random bits, millisecond by millisecond", () => {
    // One millisecond with 2^37 arrivals on average: half of 2^74 pairs, so 1 − e^(−1/2).
    expect(uuidV7CollisionProbability(2 ** 37 * 1000, 1)).toBeCloseTo(1 - Math.exp(-0.5), 9);
  });
});

describe("a burst", () => {
  it("is worked off tick by tick", () => {
    expect(burstOf(5000, 40, 0, 4096)).toMatchObject({ lastWaitTicks: 1, spreadLastWaitTicks: 0 });
    expect(burstOf(4096, 1, 96, 4096)).toEqual({ lastWaitTicks: 0, spreadLastWaitTicks: 0, drainTicks: 4096 / 4000 });
    expect(burstOf(0, 1, 10, 4096)).toEqual({ lastWaitTicks: 0, spreadLastWaitTicks: 0, drainTicks: 0 });
    expect(burstOf(1, 1, 5000, 4096).drainTicks).toBe(Number.POSITIVE_INFINITY);
  });

  it("waits as long as the queue that it is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 12 }), (ids, sequenceBits) => {
        let [ticks, left] = [0, ids - 2 ** sequenceBits];
        for (; left > 0; left -= 2 ** sequenceBits) ticks++;
        expect(burstOf(ids, 1, 0, 2 ** sequenceBits).lastWaitTicks).toBe(ticks);
      }),
    );
  });
});

describe("a random sequence start", () => {
  it.each([0, 1, 2, 7])("costs what the generator loses at %d bits", (sequenceBits) => {
    const layout = defineLayout({ sequenceBits });
    const choices = 2 ** Math.max(0, sequenceBits - 1);
    let lost = 0;
    for (let choice = 0; choice < choices; choice++) {
      const timeMs = layout.epochMs + 1000;
      const clock = { now: () => timeMs, monotonic: () => timeMs, sleep: () => {} };
      const random = (): number => (choice + 0.5) / choices;
      const sections = { layout, datacenterId: 0, machineId: 0 };
      const generator = createGenerator({ ...sections, clock, sequenceStart: "random", random });
      const runs = generator.reserve(layout.idsPerTick, timeMs);
      lost += layout.idsPerTick - runs.reduce((sum, { count }) => sum + count, 0);
    }
    expect(randomStartLoss(layout.idsPerTick)).toBeCloseTo(lost / choices / layout.idsPerTick, 12);
  });
});

describe("the small formulas", () => {
  it("are what they say", () => {
    expect(crashesPerHour(100, 6000)).toBe(30_000);
    expect(disorderOf(10, 1, 10_000)).toEqual({ boundMs: 21, ids: 210 });
  });
});

describe("the capacity of a layout under a load", () => {
  it("puts the parts together, with the load spread over the machine IDs in use", () => {
    const capacity = capacityOf(presets.twitter, { ...LOAD, idsPerSecond: 10e6, machinesInUse: 40 });
    expect(capacity).toMatchObject({
      machines: 1024,
      ceilingPerMachinePerSecond: 4_096_000,
      ceilingPerDatacenterPerSecond: 32 * 4_096_000,
      ceilingPerSecond: 1024 * 4_096_000,
      meanIdsPerTick: 250,
      utilisation: 250 / 4096,
      backlog: backlogOf(250, 4096),
      crashesPerHour: crashesPerHour(984, 6000),
    });
  });

  it("is known for every layout", () => {
    fc.assert(
      fc.property(anyLayout, fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (layout, idsPerSecond) => {
        const { backlog, utilisation, exhaustion } = capacityOf(layout, { ...LOAD, idsPerSecond });
        expect(backlog.kind).toBe(utilisation <= 0.999 ? "stable" : "unstable");
        expect(exhaustion.probability).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ["idsPerSecond", 0],
    ["idsPerSecond", -1],
    ["idsPerSecond", Number.POSITIVE_INFINITY],
    ["machinesInUse", 0],
    ["machinesInUse", 1025],
    ["machinesInUse", 1.5],
    ["burstIds", -1],
    ["skewMs", Number.NaN],
    ["windowMs", 0],
    ["windowMs", "6000"],
  ])("refuses %s of %j", (name, value) => {
    expect(() => capacityOf(presets.twitter, { ...LOAD, [name]: value })).toThrow(
      expect.objectContaining({
        code: "OPTION_INVALID",
        message: expect.stringMatching(`^Expected \`${name}\` to be .*, got`),
      }),
    );
  });
});
