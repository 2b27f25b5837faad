import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DaemonFault, Fault } from "../../src/scenario/fault.js";
import { END_MS, Readings } from "./readings.js";

type Daemon = DaemonFault["daemon"];

const MOST_PPM: Readonly<Record<Daemon, number>> = {
  ntpd: 500,
  "ntpd-x": 500,
  chrony: 83_334,
  timesyncd: 100_000,
};
const DAEMONS = Object.keys(MOST_PPM) as Daemon[];
const POLL_MS = 16_000;

function daemon(name: Daemon, atMs = 0, pollMs = POLL_MS): Fault {
  return { kind: "daemon", atMs, forMs: END_MS - atMs, on: "all", daemon: name, pollMs };
}

function step(byMs: number, atMs = 100_000): Fault {
  return { kind: "step", atMs, forMs: 0, on: "all", byMs };
}

function drift(ppm: number, wanderPpm = 0): Fault {
  return { kind: "drift", atMs: 0, forMs: END_MS, on: "all", ppm, wanderPpm };
}

describe.each(DAEMONS)("%s", (name) => {
  test("learns the crystal and keeps the clock right", () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), fc.integer({ min: -100, max: 100 }), (ppm, byMs) => {
        const readings = new Readings([drift(ppm), step(byMs), daemon(name)]);
        expect(Math.abs(readings.errorMs(END_MS - 1))).toBeLessThan(1e-3);
      }),
    );
  });

  test("never runs the clock off its crystal faster than it is documented to", () => {
    const anyStepMs = fc.integer({ min: -2_000_000, max: 2_000_000 });
    const anyPollMs = fc.integer({ min: 1000, max: 64_000 });
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), anyStepMs, anyPollMs, (ppm, byMs, pollMs) => {
        const readings = new Readings([
          drift(ppm),
          step(byMs, 100_000),
          step(-byMs / 3, 1_000_000),
          daemon(name, 0, pollMs),
        ]);
        for (let atMs = 0; atMs < END_MS - 400; atMs += 9_973) {
          const rates = [0, 100, 200].map(
            (laterMs) => readings.wallRate(atMs + laterMs, atMs + laterMs + 100) - ppm * 1e-6,
          );
          // A step falls into one of the three at most, a poll into two; a reading is rounded to 0.00025 ms.
          expect(Math.min(...rates.map(Math.abs))).toBeLessThanOrEqual(MOST_PPM[name] * 1e-6 + 6e-6);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("a wandering crystal stays within what it wanders between two polls", () => {
    const readings = new Readings([drift(50, 20), daemon(name)]);
    for (let atMs = END_MS / 2; atMs < END_MS; atMs += 7001) {
      expect(Math.abs(readings.errorMs(atMs))).toBeLessThan((POLL_MS * 20 * 2) / 1e6);
    }
  });

  test("corrects nothing once it has ended", () => {
    const ended: Fault = { ...daemon(name), forMs: 50_000 };
    const readings = new Readings([ended, step(100)]);
    expect(readings.errorMs(END_MS - 1)).toBeCloseTo(100, 6);
  });
});

describe("ntpd", () => {
  test("takes 128 ms away at 500 ppm, and nothing of more before 900 s are over", () => {
    expect(new Readings([step(128), daemon("ntpd")]).errorMs(228_000)).toBeCloseTo(128 - 58, 0);
    const stepped = new Readings([step(5000), daemon("ntpd")]);
    expect(stepped.errorMs(1_000_000)).toBe(5000);
    expect(stepped.errorMs(1_000_000 + 2 * POLL_MS)).toBeCloseTo(0, 6);
  });

  test("gives up above 1000 s", () => {
    expect(new Readings([step(1_000_001), daemon("ntpd")]).errorMs(END_MS - 1)).toBeCloseTo(1_000_001, 3);
  });

  test("-x: slews what it would have stepped", () => {
    const readings = new Readings([step(5000), daemon("ntpd-x")]);
    const slewedMs = (2_000_000 - 100_000) * 500e-6;
    expect(Math.abs(readings.errorMs(2_000_000) - (5000 - slewedMs))).toBeLessThan(POLL_MS * 500e-6 + 1e-6);
  });
});

describe("chrony", () => {
  test("steps more than a second in its first three updates only", () => {
    const early = new Readings([step(10_000, 1000), daemon("chrony")]);
    expect(early.errorMs(POLL_MS + 1)).toBeCloseTo(0, 6);
    const late = new Readings([step(10_000, 3 * POLL_MS), daemon("chrony")]);
    expect(late.errorMs(3 * POLL_MS + 60_000)).toBeCloseTo(10_000 - 5000, 0);
    expect(late.errorMs(3 * POLL_MS + 130_000)).toBeCloseTo(0, 0);
  });
});

describe("timesyncd", () => {
  test("slews up to 0.4 s and steps beyond", () => {
    const pollAtMs = 7 * POLL_MS;
    const slewed = new Readings([step(390), daemon("timesyncd")]);
    expect(slewed.errorMs(pollAtMs + 1)).toBeGreaterThan(380);
    expect(slewed.errorMs(pollAtMs + POLL_MS)).toBeCloseTo(0, 3);
    expect(new Readings([step(410), daemon("timesyncd")]).errorMs(pollAtMs)).toBeCloseTo(0, 6);
  });
});

test("the daemon that was started last is the one that runs", () => {
  const readings = new Readings([daemon("timesyncd", 50_000), daemon("ntpd", 0), step(5000)]);
  expect(readings.errorMs(200_000)).toBeCloseTo(0, 6);
  const other = new Readings([daemon("timesyncd", 0), daemon("ntpd", 50_000), step(5000)]);
  expect(other.errorMs(200_000)).toBeCloseTo(5000, 6);
});
