import { describe, expect, test } from "vitest";
import { PROFILES } from "../../src/profiles/profile.js";
import { profileScenario } from "../../src/profiles/profile-scenario.js";
import { unseenFaults } from "../../src/profiles/unseen-faults.js";
import type { Fault } from "../../src/scenario/fault.js";
import type { Load } from "../../src/scenario/scenario.js";
import { scenarioOf } from "../scenario/arbitraries.js";

const EVERY_SECOND: Load = { kind: "steady", idsPerSecond: 1 };

function unseen(...faults: readonly Fault[]): readonly number[] {
  return unseenFaults(scenarioOf(faults, { load: EVERY_SECOND }));
}

function pause(atMs: number, forMs: number): Fault {
  return { kind: "pause", atMs, forMs, on: "all" };
}

function restart(atMs: number): Fault {
  return { kind: "restart", atMs, forMs: 0, on: "all", exit: "kill", clockBehindMs: 0 };
}

function frozen(atMs: number, forMs: number): Fault {
  return { kind: "frozen", atMs, forMs, on: "all", valueMs: 0 };
}

describe("unseenFaults", () => {
  test.each(PROFILES)("profile %s: none", (profile) => {
    for (const world of ["virtual", "pool"] as const) {
      for (let seed = 0; seed < 10; seed++) expect(unseenFaults(profileScenario(profile, seed, { world }))).toEqual([]);
    }
  });

  test("a fault between two requests is seen by nobody", () => {
    expect(unseen(frozen(10_100, 500))).toEqual([0]);
    expect(unseen(frozen(10_100, 1000))).toEqual([]);
    expect(unseen(pause(10_100, 500))).toEqual([0]);
    expect(unseen(pause(10_100, 1000))).toEqual([]);
  });

  test("a clock that nobody reads shows nothing: the process stands still", () => {
    expect(unseen(frozen(10_100, 5000), pause(10_050, 6000))).toEqual([0]);
  });

  test("a wrong year hides behind a freeze", () => {
    const year: Fault = { kind: "wrong-year", atMs: 10_000, forMs: 5000, on: "all", byYears: 1 };
    expect(unseen(year)).toEqual([]);
    expect(unseen(year, frozen(9000, 7000))).toEqual([0]);
  });

  test("who is killed while it stands still does not wake up", () => {
    expect(unseen(pause(10_000, 5000), restart(12_000))).toEqual([0, 1]);
    expect(unseen(pause(10_000, 5000), restart(20_000))).toEqual([]);
  });

  test("a restart at the very end has no time for a machine ID", () => {
    expect(unseen(restart(3_590_000))).toEqual([0]);
  });

  test("trouble with the store needs somebody who asks it", () => {
    const store: Fault = { kind: "store", atMs: 100_000, forMs: 5000, on: "all", trouble: "down", delayMs: 0 };
    expect(unseen(store)).toEqual([]);
    expect(unseen({ ...store, forMs: 1000 })).toEqual([0]);
    expect(unseen(store, pause(99_000, 7000))).toEqual([0]);
  });
});
