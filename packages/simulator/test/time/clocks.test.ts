import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { END_MS, Readings } from "./readings.js";

const ON = { on: "all" } as const;
const SPAN = { atMs: 1000, forMs: 600, ...ON } as const;
const YEAR_MS = 365.2425 * 86_400_000;

describe("faults of the host's clock", () => {
  test("drift adds up and moves monotonic time as well", () => {
    const readings = new Readings([
      { kind: "drift", atMs: 0, forMs: 1_000_000, ...ON, ppm: 100, wanderPpm: 0 },
      { kind: "drift", atMs: 500_000, forMs: 500_000, ...ON, ppm: 50, wanderPpm: 0 },
    ]);
    expect(readings.errorMs(500_000)).toBeCloseTo(50, 3);
    expect(readings.errorMs(1_000_000)).toBeCloseTo(125, 3);
    expect(readings.errorMs(END_MS)).toBeCloseTo(125, 3);
    expect(readings.monotonicSpanMs(0, 1_000_000)).toBeCloseTo(1_000_125, 3);
  });

  test("wander stays within its amplitude and comes back after a day", () => {
    const wander = new Readings([{ kind: "drift", atMs: 0, forMs: END_MS, ...ON, ppm: 40, wanderPpm: 10 }]);
    for (let atMs = 0; atMs + 1000 < END_MS; atMs += 100_000) {
      const ppm = wander.wallRate(atMs, atMs + 1000) * 1e6;
      expect(ppm).toBeGreaterThanOrEqual(29);
      expect(ppm).toBeLessThanOrEqual(51);
    }
  });

  test("steps stay, and monotonic time does not know of them", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -300_000, max: 300_000 }), { maxLength: 5 }), (steps) => {
        const readings = new Readings(
          steps.map((byMs, index) => ({ kind: "step", atMs: 1000 * (index + 1), forMs: 0, ...ON, byMs })),
        );
        const total = steps.reduce((sum, byMs) => sum + byMs, 0);
        expect(readings.errorMs(999.5)).toBe(0);
        expect(readings.errorMs(10_000)).toBe(total);
        expect(readings.monotonicSpanMs(0, 10_000)).toBeCloseTo(10_000, 6);
      }),
    );
  });

  test("a migrated guest is behind once it runs again", () => {
    const readings = new Readings([{ kind: "migration", ...SPAN, behindMs: 70, monotonic: "stops" }]);
    expect([readings.errorMs(1599), readings.errorMs(1600), readings.errorMs(END_MS)]).toEqual([0, -70, -70]);
    expect(readings.monotonicSpanMs(0, 2000)).toBeCloseTo(1400, 6);
    const goesOn = new Readings([{ kind: "migration", ...SPAN, behindMs: 70, monotonic: "goes-on" }]);
    expect(goesOn.monotonicSpanMs(0, 2000)).toBeCloseTo(2000, 6);
  });

  test("a suspended host's monotonic clock stands still; its wall clock has gone on, or not", () => {
    const jumps = new Readings([{ kind: "suspend", ...SPAN, wall: "jumps" }]);
    expect(jumps.errorMs(1700)).toBe(0);
    expect(jumps.monotonicSpanMs(900, 1700)).toBeCloseTo(200, 6);
    const behind = new Readings([{ kind: "suspend", ...SPAN, wall: "stays-behind" }]);
    expect(behind.errorMs(1700)).toBeCloseTo(-600, 6);
    expect(behind.time.wallMs(1599)).toBeCloseTo(behind.time.wallMs(1000), 6);
    expect(behind.monotonicSpanMs(900, 1700)).toBeCloseTo(200, 6);
  });

  test("who stayed behind in a sleep is set right by the next poll of a daemon", () => {
    const daemon = { kind: "daemon", atMs: 0, forMs: END_MS, ...ON, daemon: "timesyncd", pollMs: 1000 } as const;
    const readings = new Readings([{ kind: "suspend", ...SPAN, wall: "stays-behind" }, daemon]);
    expect(readings.errorMs(1999)).toBeCloseTo(-600, 6);
    expect(readings.errorMs(2000)).toBeCloseTo(0, 6);
  });

  test("a restarted process finds its clock behind, from then on", () => {
    const readings = new Readings([{ kind: "restart", ...SPAN, exit: "kill", clockBehindMs: 250 }]);
    expect([readings.errorMs(1500), readings.errorMs(1600), readings.errorMs(END_MS)]).toEqual([0, -250, -250]);
  });

  test("a zombie's clock is stepped in the middle of its pause", () => {
    const readings = new Readings([{ kind: "zombie", ...SPAN, stepMs: -40 }]);
    expect([readings.errorMs(1299), readings.errorMs(1300)]).toEqual([0, -40]);
  });
});

describe("faults of the source", () => {
  test("a stepped leap second: a second behind, or ahead, until it is set right", () => {
    for (const [direction, byMs] of [
      ["insert", -1000],
      ["delete", 1000],
    ] as const) {
      const readings = new Readings([{ kind: "leap-second", ...SPAN, direction, handling: "step" }]);
      expect([999, 1000, 1599, 1600].map((atMs) => readings.errorMs(atMs))).toEqual([0, byMs, byMs, 0]);
      expect(readings.monotonicSpanMs(0, 2000)).toBeCloseTo(2000, 6);
    }
  });

  test("a slewed leap second takes 12 s, and monotonic time has it, too", () => {
    const leap = { kind: "leap-second", atMs: 1000, forMs: 60_000, ...ON, direction: "insert" } as const;
    const readings = new Readings([{ ...leap, handling: "slew" }]);
    expect(readings.errorMs(7000)).toBeCloseTo(-500, 6);
    expect(readings.errorMs(13_000)).toBeCloseTo(-1000, 6);
    expect(readings.errorMs(49_000)).toBeCloseTo(-1000, 6);
    expect(readings.errorMs(61_000)).toBeCloseTo(0, 6);
    expect(readings.monotonicSpanMs(1000, 13_000)).toBeCloseTo(11_000, 6);
  });

  test.each(["linear", "cosine"] as const)("a %s smear loses a second little by little", (shape) => {
    const readings = new Readings([{ kind: "leap-smear", atMs: 0, forMs: 1_000_000, ...ON, shape }]);
    expect(readings.errorMs(500_000)).toBeCloseTo(-500, 3);
    expect(readings.errorMs(999_999)).toBeCloseTo(-1000, 0);
    expect(readings.errorMs(1_000_000)).toBeCloseTo(0, 3);
    const rates = Array.from({ length: 99 }, (_, index) => readings.wallRate(index * 10_000, (index + 1) * 10_000));
    expect(Math.max(...rates)).toBeLessThanOrEqual(1e-9);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(-0.001 * (shape === "linear" ? 1.0001 : 1.58));
  });

  test("a daemon believes its source", () => {
    const daemon = { kind: "daemon", atMs: 0, forMs: END_MS, ...ON, daemon: "timesyncd", pollMs: 1000 } as const;
    const leap = { kind: "leap-second", atMs: 5000, forMs: 60_000, ...ON, direction: "insert" } as const;
    expect(new Readings([daemon, { ...leap, handling: "step" }]).errorMs(30_000)).toBe(-1000);
  });
});

describe("what is seen, whatever the clock does", () => {
  test("a strobe swings to and fro", () => {
    const readings = new Readings([{ kind: "strobe", ...SPAN, byMs: 90, periodMs: 200 }]);
    expect([999, 1000, 1199, 1200, 1400, 1600].map((atMs) => readings.errorMs(atMs))).toEqual([0, 90, 90, 0, 90, 0]);
  });

  test("a frozen clock shows one value, its last or a given one, until it thaws", () => {
    const step = { kind: "step", atMs: 500, forMs: 0, ...ON, byMs: 7000 } as const;
    const frozen = new Readings([step, { kind: "frozen", ...SPAN, valueMs: null }]);
    expect([1000, 1300, 1599].map((atMs) => frozen.errorMs(atMs) + atMs)).toEqual([8000, 8000, 8000]);
    expect(frozen.errorMs(1600)).toBe(7000);
    expect(frozen.monotonicSpanMs(0, 2000)).toBeCloseTo(2000, 6);
    const zero = new Readings([{ kind: "frozen", ...SPAN, valueMs: 0 }]);
    expect(zero.time.wallMs(1300)).toBe(0);
  });

  test("a freeze within a freeze keeps what is shown", () => {
    const readings = new Readings([
      { kind: "frozen", ...SPAN, valueMs: 17 },
      { kind: "frozen", atMs: 1200, forMs: 1000, ...ON, valueMs: null },
    ]);
    expect(readings.time.wallMs(1700)).toBe(17);
  });

  test("a coarse clock shows multiples only", () => {
    const readings = new Readings([{ kind: "coarse", atMs: 0, forMs: END_MS, ...ON, granularityMs: 10 }]);
    for (const atMs of [0, 3.3, 9.9, 10, 12_345.6]) {
      expect(readings.time.wallMs(atMs) % 10).toBe(0);
      expect(readings.errorMs(atMs)).toBeLessThanOrEqual(0);
      expect(readings.errorMs(atMs)).toBeGreaterThan(-10);
    }
  });

  test("a warp takes about every other reading back, by no more than its most", () => {
    const readings = new Readings([{ kind: "warp", atMs: 0, forMs: END_MS, ...ON, mostMs: 2 }]);
    const errors = Array.from({ length: 1000 }, (_, index) => readings.errorMs(index * 3.7));
    expect(Math.max(...errors)).toBeLessThanOrEqual(1e-3);
    expect(Math.min(...errors)).toBeGreaterThanOrEqual(-2.001);
    expect(errors.filter((error) => error < -0.01).length).toBeGreaterThan(400);
    expect(errors.filter((error) => error < -0.01).length).toBeLessThan(600);
  });

  test("a wrong year, before the epoch and before 1970 too, is gone with its interval", () => {
    for (const byYears of [-56, -70, -1, 50]) {
      const readings = new Readings([{ kind: "wrong-year", ...SPAN, byYears }]);
      expect(readings.errorMs(1300)).toBe(byYears * YEAR_MS);
      expect(readings.errorMs(1600)).toBe(0);
    }
  });

  test("a rollover puts the clock before the end of the layout and runs over it, whatever it showed", () => {
    const readings = new Readings([
      { kind: "step", atMs: 500, forMs: 0, ...ON, byMs: 7000 },
      { kind: "wrong-year", ...SPAN, byYears: 3 },
      { kind: "rollover", atMs: 1100, forMs: 300, ...ON, beforeEndMs: 50 },
    ]);
    const lifetimeEndMs = Date.UTC(2020, 0, 1) + 2 ** 41;
    expect(readings.time.wallMs(1149)).toBe(lifetimeEndMs - 1);
    expect(readings.time.wallMs(1150)).toBe(lifetimeEndMs);
    expect(readings.errorMs(1600)).toBe(7000);
  });

  test("a clone's clock is rewound while it lives, the original's is not", () => {
    const clone = { kind: "clone", ...SPAN, rewindMs: 800 } as const;
    expect(new Readings([clone], "clone").errorMs(1300)).toBe(-800);
    expect(new Readings([clone]).errorMs(1300)).toBe(0);
  });

  test("rounding is the last but one: a frozen reading is rounded, and warps take it back", () => {
    const readings = new Readings([
      { kind: "coarse", ...SPAN, granularityMs: 100 },
      { kind: "frozen", ...SPAN, valueMs: 12_345 },
    ]);
    expect(readings.time.wallMs(1300)).toBe(12_300);
  });
});

describe("shows", () => {
  test("a fault shows where its absence would be noticed, and only there", () => {
    const { time } = new Readings([
      { kind: "step", atMs: 3500, forMs: 0, ...ON, byMs: 5000 },
      { kind: "daemon", atMs: 0, forMs: END_MS, ...ON, daemon: "timesyncd", pollMs: 1000 },
      { kind: "frozen", atMs: 500_000, forMs: 1000, ...ON, valueMs: 0 },
      { kind: "pause", atMs: 0, forMs: 10, ...ON },
    ]);
    expect(time.shows(0, 3600)).toBe(true);
    expect(time.shows(1, 3600)).toBe(false);
    expect(time.shows(1, 5000)).toBe(true);
    expect(time.shows(0, 400_000)).toBe(false);
    expect(time.shows(1, 400_000)).toBe(true);
    expect(time.shows(2, 500_500)).toBe(true);
    expect(time.shows(2, 501_000)).toBe(false);
    expect(time.shows(1, 500_500)).toBe(false);
    expect(time.shows(3, 5)).toBe(false);
    expect(time.shows(17, 5)).toBe(false);
  });

  test("a sleep shows on monotonic time only", () => {
    const { time } = new Readings([{ kind: "suspend", ...SPAN, wall: "jumps" }]);
    expect([900, 1000.5, 1700].map((atMs) => time.shows(0, atMs))).toEqual([false, false, true]);
  });

  test("a slew shows on monotonic time even when the clock is right again", () => {
    const { time } = new Readings([
      { kind: "step", atMs: 3500, forMs: 0, ...ON, byMs: 5000 },
      { kind: "daemon", atMs: 0, forMs: END_MS, ...ON, daemon: "chrony", pollMs: 1000 },
    ]);
    expect(time.shows(0, 400_000)).toBe(true);
  });

  test("a daemon with nothing to correct shows nowhere", () => {
    const { time } = new Readings([{ kind: "daemon", atMs: 0, forMs: END_MS, ...ON, daemon: "ntpd", pollMs: 16_000 }]);
    expect([1, 1000, END_MS - 1].some((atMs) => time.shows(0, atMs))).toBe(false);
  });
});
