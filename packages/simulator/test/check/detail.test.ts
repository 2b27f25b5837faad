import { defineLayout } from "@shardflake/core";
import { expect, test } from "vitest";
import type { Fault } from "../../src/index.js";
import { createChecks } from "../../src/index.js";
import { holdingOf, idOf, issuedOf, type Observation, tell } from "./observations.js";
import { scenarioOf } from "./scenario.js";
import { countOf, resultOf } from "./verdicts.js";

const layout = defineLayout({ epoch: 0 });
const STEP: Fault = { kind: "step", atMs: 40, forMs: 0, on: [1], byMs: -30 };
const PAUSE: Fault = { kind: "pause", atMs: 30, forMs: 20, on: "all" };

const holders: readonly Observation[] = [
  { kind: "held", holding: holdingOf({ shard: 3, floor: 10 }), atMs: 0 },
  { kind: "extended", holding: 0, limit: 100, atMs: 0 },
];

test("a violation names both IDs, their sections, shards and times, and the faults that were active", () => {
  const checks = createChecks(scenarioOf(layout, [STEP, PAUSE]), { kind: "windowed" });
  const id = idOf(layout, 45, 7);
  tell(checks, holders);
  tell(checks, [issuedOf({ id: idOf(layout, 45), requestedMs: 44.5, completedMs: 45.25, count: 10 })]);
  checks.faultSeen(0, 3, 45.5);
  tell(checks, [issuedOf({ id, requestedMs: 47, completedMs: 47.5 })]);
  expect(checks.result().violations[0]).toEqual({
    invariant: "unique",
    shard: 3,
    atMs: 47.5,
    ids: [`${id}`, `${id}`],
    detail:
      `ID ${id} (tick 45, machine ID 0/0, sequence 7) of shard 3 (generation 1), requested at 47 ms, completed at ` +
      `47.5 ms, is equal to ID ${id} (tick 45, machine ID 0/0, sequence 7) of shard 3 (generation 1), requested at ` +
      "44.5 ms, completed at 45.25 ms; active faults: pause from 30 ms to 50 ms (not seen so far); the last one before: " +
      "step at 40 ms (seen on shard 3).",
  });
});

test("where no fault was active, it names the last one before", () => {
  const checks = createChecks(scenarioOf(layout, [STEP]), { kind: "windowed" });
  tell(checks, holders);
  tell(checks, [issuedOf({ id: idOf(layout, 60), completedMs: 60 })]);
  checks.faultSeen(0, 3, 61);
  tell(checks, [issuedOf({ id: idOf(layout, 60), completedMs: 61 })]);
  expect(checks.result().violations[0]!.detail).toContain(
    "; no fault was active; the last one before: step at 40 ms (seen on shard 3).",
  );
});

test("of each invariant the first five are kept, and all are counted", () => {
  const again = Array.from({ length: 8 }, () => issuedOf({ id: idOf(layout, 60), completedMs: 60 }));
  const result = resultOf(layout, [...holders, ...again]);
  expect(countOf(result, "unique")).toBe(7);
  expect(result.violations.filter(({ invariant }) => invariant === "unique")).toHaveLength(5);
});

test("the times of the largest ID outlive the history", () => {
  const others = Array.from({ length: 40 }, (_, index) =>
    issuedOf({ holding: 1, id: idOf(layout, 61 + index, 0, 1), completedMs: 61 + index }),
  );
  const told: Observation[] = [
    ...holders,
    { kind: "held", holding: holdingOf({ machineId: 1 }), atMs: 0 },
    { kind: "extended", holding: 1, limit: 200, atMs: 0 },
    issuedOf({ id: idOf(layout, 60), requestedMs: 59, completedMs: 60 }),
    ...others,
    issuedOf({ id: idOf(layout, 59), completedMs: 120 }),
  ];
  const { violations } = resultOf(layout, told, { kind: "windowed", remembered: 16 });
  const { detail } = violations.find(({ invariant }) => invariant === "monotonic")!;
  expect(detail).toContain("is not larger than ID 251658240 (tick 60, machine ID 0/0, sequence 0) of shard 3");
  expect(detail).toContain("requested at 59 ms, completed at 60 ms");
});
