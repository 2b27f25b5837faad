import { tickAt } from "@shardflake/core";
import { describe, expect, test } from "vitest";
import { profileScenario } from "../../src/profiles/profile-scenario.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { runVirtualWorld } from "../../src/virtual/virtual-world.js";
import { Ledger, play } from "./ledger.js";
import { scenarioOf, steady } from "./scenarios.js";

describe("a world without faults", () => {
  test.each([1, 3])("serves every request of %i shards at once, in the tick it comes in", (shards) => {
    const scenario = scenarioOf({ shards }, steady(500), []);
    const { ids, refusals, layout, holdings } = play(scenario);
    expect(holdings.length).toBe(shards);
    expect(ids.length).toBe(9999);
    expect(refusals).toEqual([]);
    for (const { id, requestedMs, completedMs, errorMs } of ids) {
      expect(completedMs).toBe(requestedMs);
      expect(Number(id >> 22n)).toBe(tickAt(layout, scenario.startMs + requestedMs));
      expect(errorMs).toBeLessThanOrEqual(1);
    }
  });

  test("gives a saturating load every ID there is", () => {
    const scenario = scenarioOf(
      { durationMs: 200, shards: 2, layout: { sequenceBits: 5 } },
      { kind: "saturating" },
      [],
    );
    const { ids } = play(scenario);
    const ticks = ids.length / 2 / 32;
    expect(ticks).toBeGreaterThan(190);
    expect(ticks).toBeLessThanOrEqual(200);
    expect(isWithoutDuplicates(ids)).toBe(true);
  });

  test("spends the ticks that pass while a burst is served", () => {
    const load = { kind: "burst", ids: 100, everyMs: 1000 } as const;
    const { ids, branches } = play(scenarioOf({ durationMs: 5000, layout: { sequenceBits: 3 } }, load, []));
    expect(ids.length).toBe(400);
    expect(branches.get("unspent-ticks-spent")).toBeGreaterThan(0);
    for (const { requestedMs, completedMs } of ids) expect(completedMs - requestedMs).toBeLessThanOrEqual(100 / 8 + 1);
  });
});

describe("replay", () => {
  const scenarios: readonly Scenario[] = (["calm", "vm", "hostile", "swarm"] as const).map((profile) =>
    profileScenario(profile, 11, { world: "virtual", durationMs: 60_000 }),
  );
  test.each(scenarios)("the same scenario is the same trace: $seed, $faults.length faults", (scenario) => {
    expect(play(scenario).hash.digest()).toBe(play(scenario).hash.digest());
  });

  test("a scenario with another seed is another trace", () => {
    const load = { kind: "poisson", idsPerSecond: 100 } as const;
    const [one, other] = [1, 2].map((seed) => play(scenarioOf({ seed }, load, [])));
    expect(one?.hash.digest()).not.toBe(other?.hash.digest());
  });
});

describe("whatever the faults are", { timeout: 60_000 }, () => {
  const SEEDS = Array.from({ length: 4 }, (_, seed) => seed);
  test.each(["vm", "hostile", "swarm"] as const)("%s: no ID twice, none outside its holder's window", (profile) => {
    for (const seed of SEEDS) {
      const scenario = profileScenario(profile, seed, { world: "virtual", durationMs: 60_000 });
      const ledger = play(scenario);
      expect(ledger.ids.length).toBeGreaterThan(1000);
      const copied = ledger.copiedHolders();
      const promised = ledger.ids.filter(({ holding }) => !copied.has(ledger.holdings[holding]!.holding.holder));
      expect(isWithoutDuplicates(promised)).toBe(true);
      for (const { id, holding } of ledger.ids) {
        const [least, most] = ledger.windowOf(holding);
        expect(id >= least && id <= most).toBe(true);
      }
    }
  });
});

test("a run ends early when it is told to, and says so", () => {
  const controller = new AbortController();
  const scenario = scenarioOf({ durationMs: 3_600_000 }, steady(1000), []);
  const times: number[] = [];
  const ledger = new Ledger(scenario);
  const end = runVirtualWorld(scenario, ledger, {
    signal: controller.signal,
    onProgress: (atMs) => {
      times.push(atMs);
      controller.abort();
    },
  });
  expect(end).toBe("aborted");
  expect(times.length).toBe(1);
  expect(times[0]).toBeGreaterThan(0);
  expect(times[0]).toBeLessThan(scenario.durationMs);
});

function isWithoutDuplicates(ids: readonly { readonly id: bigint }[]): boolean {
  return new Set(ids.map(({ id }) => id)).size === ids.length;
}
