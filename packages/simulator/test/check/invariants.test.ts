import { defineLayout } from "@shardflake/core";
import { describe, expect, test } from "vitest";
import type { Holding, InvariantName } from "../../src/index.js";
import { holdingOf, idOf, issuedOf, type Observation } from "./observations.js";
import { countOf, resultOf, verdictOn } from "./verdicts.js";

const layout = defineLayout({ epoch: 0 });

function held(changes: Partial<Holding> = {}): Observation {
  return { kind: "held", holding: holdingOf(changes), atMs: 0 };
}

function extended(holding: number, limit: number): Observation {
  return { kind: "extended", holding, limit, atMs: 0 };
}

function issued(holding: number, tick: number, atMs: number, sequence = 0): Observation {
  return issuedOf({ holding, id: idOf(layout, tick, sequence, holding === 2 ? 1 : 0), completedMs: atMs });
}

function horizon(tick: number, atMs: number): Observation {
  return { kind: "horizon", tick, atMs };
}

/** Holding 0 and its successor 1 on machine ID 0/0, and 2 on 0/1. */
const holders: readonly Observation[] = [
  held(),
  extended(0, 50),
  held({ shard: 1, generation: 2, floor: 50 }),
  extended(1, 100),
  held({ shard: 2, machineId: 1 }),
  extended(2, 100),
];

/** What breaks an invariant, and what is next to it and does not. */
const cases: readonly [InvariantName, string, readonly Observation[], readonly Observation[]][] = [
  ["unique", "an ID again", [issued(0, 9, 9), issued(0, 9, 9)], [issued(0, 9, 9), issued(0, 9, 9, 1)]],
  [
    "monotonic",
    "a smaller ID for a later request",
    [issued(0, 9, 9), issued(0, 8, 10)],
    [issued(0, 9, 9), issued(0, 8, 9)],
  ],
  [
    "monotonic",
    "an ID of the former holder above one of the new one",
    [issued(1, 51, 51), issued(0, 52, 52)],
    [issued(1, 51, 51), issued(0, 50, 52)],
  ],
  ["monotonic", "an ID of two holders", [issued(1, 51, 51), issued(0, 51, 51)], [issued(1, 51, 51), issued(0, 49, 51)]],
  [
    "ordered",
    "a smaller ID on another shard long after",
    [issued(2, 12, 10), issued(0, 11, 11.5)],
    [issued(2, 12, 10), issued(0, 11, 11)],
  ],
  ["fidelity", "an ID two ticks before its request", [issued(0, 8, 10)], [issued(0, 9, 10)]],
  ["fidelity", "an ID two ticks after its completion", [issued(0, 12, 10)], [issued(0, 11, 10)]],
  ["layout", "a set sign bit", [issuedOf({ id: 1n << 63n })], [issuedOf({ id: idOf(layout, layout.maxTick) })]],
  ["layout", "another's machine ID", [issuedOf({ id: idOf(layout, 9, 0, 1) })], [issuedOf({ id: idOf(layout, 9) })]],
  ["windows", "an ID at the floor", [issued(1, 50, 50)], [issued(1, 51, 51)]],
  ["windows", "an ID above the limit", [issued(0, 51, 51)], [issued(0, 50, 50)]],
  ["windows", "a window that reaches into that of the successor", [extended(0, 51)], [extended(0, 50)]],
  [
    "windows",
    "a successor that starts below the limit",
    [held({ generation: 3, floor: 99 })],
    [held({ generation: 3, floor: 100 })],
  ],
  [
    "windows",
    "a generation of two holders",
    [held({ generation: 2, holder: "somebody else", floor: 50 })],
    [held({ generation: 2, holder: "holder 2", floor: 50, copy: "clone" })],
  ],
  [
    "horizon",
    "an ID of its tick that was asked for afterwards",
    [horizon(9, 8), issued(0, 9, 9)],
    [horizon(9, 9), issued(0, 9, 9)],
  ],
  [
    "horizon",
    "an ID below the higher of two",
    [horizon(9, 8), horizon(5, 8.5), issued(0, 8, 9)],
    [horizon(8, 8), horizon(5, 8.5), horizon(9, 9), issued(0, 9, 9)],
  ],
];

describe.each(cases)("%s", (name, what, broken, sound) => {
  test(`is broken by ${what}`, () => {
    const result = resultOf(layout, [...holders, ...broken]);
    expect([verdictOn(result, name), countOf(result, name)]).toEqual(["fail", 1]);
    expect(result.violations.map(({ invariant }) => invariant)).toContain(name);
  });

  test(`is not broken by what is next to ${what}`, () => {
    expect(verdictOn(resultOf(layout, [...holders, ...sound]), name)).toBe("pass");
  });
});

test("nobody hears of a horizon that nobody asked for", () => {
  const names = (observations: readonly Observation[]) =>
    resultOf(layout, observations).invariants.map(({ name }) => name);
  expect(names(holders)).not.toContain("horizon");
  expect(names([...holders, horizon(1, 1)])).toContain("horizon");
});

test("a window that ended below its limit leaves the rest to the successor", () => {
  const next = held({ shard: 2, generation: 3, floor: 60 });
  expect(verdictOn(resultOf(layout, [...holders, next]), "windows")).toBe("fail");
  const released: Observation = { kind: "ended", holding: 1, limit: 60, atMs: 60 };
  expect(verdictOn(resultOf(layout, [...holders, released, next]), "windows")).toBe("pass");
});

test("more IDs than a sequence can number break the capacity, however they come", () => {
  const full = issuedOf({ id: idOf(layout, 9), completedMs: 9, count: layout.idsPerTick });
  expect(verdictOn(resultOf(layout, [...holders, full]), "capacity")).toBe("pass");
  expect(countOf(resultOf(layout, [...holders, full, issued(0, 9, 9), issued(0, 9, 9)]), "capacity")).toBe(2);
});

test("the error of either clock widens what ordered allows", () => {
  const earlier = (errorMs: number): Observation =>
    issuedOf({ holding: 2, id: idOf(layout, 30, 0, 1), completedMs: 10, errorMs });
  const later = (atMs: number, errorMs: number): Observation =>
    issuedOf({ id: idOf(layout, 12), completedMs: atMs, errorMs });
  expect(verdictOn(resultOf(layout, [...holders, earlier(20), later(51, 0)]), "ordered")).toBe("pass");
  expect(countOf(resultOf(layout, [...holders, earlier(20), later(51.5, 0)]), "ordered")).toBe(1);
  expect(verdictOn(resultOf(layout, [...holders, earlier(0), later(51, 20)]), "ordered")).toBe("pass");
  expect(countOf(resultOf(layout, [...holders, earlier(0), later(51.5, 20)]), "ordered")).toBe(1);
});
