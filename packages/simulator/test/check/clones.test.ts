import { defineLayout } from "@shardflake/core";
import { describe, expect, test } from "vitest";
import type { Holding } from "../../src/index.js";
import { holdingOf, idOf, issuedOf, type Observation } from "./observations.js";
import { countOf, resultOf, verdictOn } from "./verdicts.js";

const layout = defineLayout({ epoch: 0 });
const LIMIT = 50;

function held(changes: Partial<Holding> = {}): Observation {
  return { kind: "held", holding: holdingOf(changes), atMs: 0 };
}

function extended(holding: number, limit: number): Observation {
  return { kind: "extended", holding, limit, atMs: 0 };
}

/** An ID of this tick, issued in it. */
function issued(holding: number, tick: number, sequence = 0, count = 1): Observation {
  return issuedOf({ holding, id: idOf(layout, tick, sequence), completedMs: tick, count });
}

/** Holdings 0 and 1: a process and the copy that was made of it when its window ended at {@link LIMIT}. */
const copied: readonly Observation[] = [held(), extended(0, LIMIT), held({ copy: "clone" }), extended(1, LIMIT)];

describe("a process and its copy", () => {
  test("may issue the same IDs in the window it was copied in", () => {
    const result = resultOf(layout, [...copied, issued(0, 40), issued(1, 40), issued(0, LIMIT), issued(1, LIMIT)]);
    for (const name of ["unique", "monotonic", "capacity", "windows"] as const)
      expect(verdictOn(result, name)).toBe("pass");
  });

  test("may not above it, not even if both windows were extended", () => {
    const above = [...copied, extended(0, 90), extended(1, 90), issued(0, LIMIT + 1), issued(1, LIMIT + 1)];
    expect(countOf(resultOf(layout, above), "unique")).toBe(1);
  });

  test("go each its own way through the ticks of that window, and together above it", () => {
    const behind = (tick: number): Observation =>
      issuedOf({ holding: 1, id: idOf(layout, tick), requestedMs: 60, completedMs: 60 });
    const told = [...copied, extended(0, 90), extended(1, 90), issued(0, LIMIT + 2)];
    expect(verdictOn(resultOf(layout, [...told, behind(LIMIT)]), "monotonic")).toBe("pass");
    expect(countOf(resultOf(layout, [...told, behind(LIMIT + 1)]), "monotonic")).toBe(1);
  });

  test("fill a tick of that window each for itself", () => {
    const full = [...copied, issued(0, 40, 0, layout.idsPerTick), issued(1, 40, 0, layout.idsPerTick)];
    expect(verdictOn(resultOf(layout, full), "capacity")).toBe("pass");
    const overfull = resultOf(layout, [...full, issued(1, 40)]);
    expect([countOf(overfull, "capacity"), countOf(overfull, "unique")]).toEqual([1, 1]);
  });

  test("are excused of nothing as long as nobody told the limit", () => {
    const told = [held(), extended(0, LIMIT), held({ copy: "clone" }), issued(0, 40), issued(1, 40)];
    expect(countOf(resultOf(layout, told), "unique")).toBe(1);
  });
});

describe("a copy is not excused", () => {
  test("of an ID that it issued itself", () => {
    expect(countOf(resultOf(layout, [...copied, issued(0, 40), issued(1, 40), issued(1, 40)]), "unique")).toBe(1);
  });

  test("of an ID of another generation", () => {
    const next = held({ generation: 2, floor: 20 });
    const told = [...copied, next, extended(2, 90), issued(2, 40), issued(1, 40)];
    const result = resultOf(layout, told);
    expect([countOf(result, "unique"), countOf(result, "monotonic")]).toEqual([1, 1]);
  });

  test("of an ID of another original, or of its copy", () => {
    const rival = { holder: "somebody else" };
    const rivals = [held(rival), extended(2, LIMIT), held({ ...rival, copy: "clone" }), extended(3, LIMIT)];
    expect(countOf(resultOf(layout, [...copied, ...rivals, issued(2, 40), issued(1, 40)]), "unique")).toBe(1);
    expect(countOf(resultOf(layout, [...copied, ...rivals, issued(3, 40), issued(1, 40)]), "unique")).toBe(1);
  });

  test("of an ID of another machine ID", () => {
    const told = [...copied, held({ machineId: 1 }), extended(2, LIMIT), issued(2, 40), issued(1, 40)];
    const result = resultOf(layout, told);
    expect([countOf(result, "unique"), countOf(result, "layout")]).toEqual([1, 1]);
  });

  test("of an ID that both its original and somebody else issued", () => {
    const next = held({ generation: 2, floor: 20 });
    const told = [...copied, next, extended(2, 90), issued(0, 40), issued(2, 40), issued(1, 40)];
    expect(countOf(resultOf(layout, told), "unique")).toBe(2);
  });
});

test("two copies of a process are excused up to the limit at which the earlier one was copied", () => {
  const second = [extended(0, 70), held({ copy: "clone" }), extended(2, 70), extended(1, 90)];
  expect(verdictOn(resultOf(layout, [...copied, ...second, issued(1, LIMIT), issued(2, LIMIT)]), "unique")).toBe(
    "pass",
  );
  expect(countOf(resultOf(layout, [...copied, ...second, issued(1, 60), issued(2, 60)]), "unique")).toBe(1);
  expect(verdictOn(resultOf(layout, [...copied, ...second, issued(0, 60), issued(2, 60)]), "unique")).toBe("pass");
});
