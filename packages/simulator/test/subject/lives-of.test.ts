import fc from "fast-check";
import { expect, test } from "vitest";
import { livesOf } from "../../src/subject/lives-of.js";

const DURATION_MS = 1000;

const interruptions = fc.array(
  fc
    .tuple(fc.constantFrom("restart", "pause", "zombie", "clone", "store"), fc.nat(1200), fc.nat(300))
    .map(([kind, fromMs, forMs]) => ({ kind, fromMs, toMs: fromMs + forMs })),
  { maxLength: 8 },
);

test("the processes of a shard follow one another, and none lives while a restart keeps it down", () => {
  fc.assert(
    fc.property(interruptions, (unsorted) => {
      const sorted = unsorted.map((one, fault) => ({ ...one, fault })).sort((a, b) => a.fromMs - b.fromMs);
      const originals = livesOf(0, sorted, DURATION_MS).filter(({ copy }) => copy === "original");
      originals.forEach((life, place) => {
        expect(life.fromMs).toBeLessThan(life.toMs);
        expect(life.toMs).toBeLessThanOrEqual(DURATION_MS);
        expect(life.generation).toBe(place + 1);
        expect(life.fromMs).toBeGreaterThanOrEqual(originals[place - 1]?.toMs ?? 0);
        expect(life.end).toBe(life.toMs === DURATION_MS && place === originals.length - 1 ? life.end : "killed");
        for (const { kind, fromMs, toMs } of sorted) {
          if (kind === "restart") expect(life.fromMs >= toMs || life.toMs <= fromMs).toBe(true);
        }
      });
    }),
  );
});

test("a clone lives beside its original, under the same number", () => {
  const lives = livesOf(
    3,
    [
      { kind: "restart", fault: 0, fromMs: 100, toMs: 150 },
      { kind: "clone", fault: 1, fromMs: 400, toMs: 700 },
    ],
    DURATION_MS,
  );
  expect(
    lives.map(({ copy, generation, fromMs, toMs, end, origin }) => [copy, generation, fromMs, toMs, end, origin]),
  ).toEqual([
    ["original", 1, 0, 100, "killed", null],
    ["original", 2, 150, 1000, "scenario-over", 0],
    ["clone", 2, 400, 700, "killed", 1],
  ]);
});

test("there is no clone of a process that is down", () => {
  const lives = livesOf(
    0,
    [
      { kind: "restart", fault: 0, fromMs: 100, toMs: 500 },
      { kind: "clone", fault: 1, fromMs: 200, toMs: 700 },
    ],
    DURATION_MS,
  );
  expect(lives.map(({ copy }) => copy)).toEqual(["original", "original"]);
});

test("a process meets the standstills of its time only", () => {
  const pauses = [
    { kind: "pause", fault: 0, fromMs: 10, toMs: 20 },
    { kind: "restart", fault: 1, fromMs: 50, toMs: 60 },
    { kind: "zombie", fault: 2, fromMs: 70, toMs: 80 },
  ];
  expect(livesOf(0, pauses, DURATION_MS).map(({ standstills }) => standstills.map(({ fault }) => fault))).toEqual([
    [0],
    [2],
  ]);
});
