import { defineLayout } from "@shardflake/core";
import { describe, expect, test } from "vitest";
import { holdingOf, idOf, issuedOf, type Observation } from "./observations.js";
import { countOf, resultOf, verdictOn } from "./verdicts.js";

const layout = defineLayout({ epoch: 0 });
const REMEMBERED = 4;

const held: Observation = { kind: "held", holding: holdingOf(), atMs: 0 };
const clone: Observation = { kind: "held", holding: holdingOf({ copy: "clone" }), atMs: 0 };

/** IDs of the ticks from 10 to 40, each issued in its tick. */
const ascending: readonly Observation[] = Array.from({ length: 31 }, (_, index) => issued(10 + index, 10 + index));

function issued(tick: number, atMs: number, requestedMs: number = atMs, holding = 0): Observation {
  return issuedOf({ holding, id: idOf(layout, tick), requestedMs, completedMs: atMs });
}

function result(observations: readonly Observation[]): ReturnType<typeof resultOf> {
  return resultOf(layout, observations, { kind: "windowed", remembered: REMEMBERED });
}

describe("of what is forgotten", () => {
  test("a duplicate is undecided where the machine ID ascended until then", () => {
    expect(verdictOn(result([held, ...ascending, issued(20, 41)]), "unique")).toBe("unknown");
    expect(countOf(result([held, ...ascending, issued(39, 41)]), "unique")).toBe(1);
  });

  test("a duplicate is undecided where its IDs were looked up all along, which takes no more memory than the others", () => {
    const told = [held, issued(11, 11), issued(10, 11), ...ascending.slice(2), issued(20, 41)];
    expect([verdictOn(result(told), "unique"), countOf(result(told), "unique")]).toEqual(["unknown", 0]);
  });

  test("too many IDs in a tick are undecided with it", () => {
    expect(verdictOn(result([held, ...ascending, issued(20, 41)]), "capacity")).toBe("unknown");
    expect(verdictOn(result([held, ...ascending, issued(39, 41)]), "capacity")).toBe("pass");
  });

  test("order is undecided for a request older than what is known, and known from then on", () => {
    expect(verdictOn(result([held, ...ascending, issued(20, 41, 15)]), "monotonic")).toBe("unknown");
    expect(countOf(result([held, ...ascending, issued(20, 41)]), "monotonic")).toBe(1);
  });

  test("the largest ID of each holder is still known", () => {
    const others = Array.from({ length: 20 }, (_, index) =>
      issuedOf({ holding: 1, id: idOf(layout, 41 + index, 0, 1), completedMs: 41 + index }),
    );
    const machine: Observation = { kind: "held", holding: holdingOf({ machineId: 1 }), atMs: 0 };
    const told = [held, machine, ...ascending, ...others];
    expect(countOf(result([...told, issued(39, 61)]), "monotonic")).toBe(1);
    expect(verdictOn(result([...told, issued(41, 61)]), "monotonic")).toBe("pass");
  });

  test("copies that do not meet need no history", () => {
    const told = [held, ...ascending, clone, issued(41, 41, 41, 1), issued(42, 42), issued(43, 43, 43, 1)];
    expect(verdictOn(result(told), "unique")).toBe("pass");
  });
});
