import { describe, expect, test } from "vitest";
import { PROFILES } from "../../src/profiles/profile.js";
import { profileScenario } from "../../src/profiles/profile-scenario.js";
import { formatScenario, parseScenario } from "../../src/scenario/parse-scenario.js";
import { ScenarioError } from "../../src/scenario/scenario-error.js";

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed * 107_374_182);

describe.each(PROFILES)("profile %s", (profile) => {
  test.each(["virtual", "pool"] as const)("every seed makes a scenario of its own for the %s world", (world) => {
    const scenarios = SEEDS.map((seed) => profileScenario(profile, seed, { world }));
    for (const [index, scenario] of scenarios.entries()) {
      expect(parseScenario(JSON.parse(formatScenario(scenario)))).toEqual(scenario);
      expect(profileScenario(profile, SEEDS[index]!, { world })).toEqual(scenario);
    }
    expect(new Set(scenarios.map(formatScenario)).size).toBe(SEEDS.length);
  });

  test("faults lie inside the scenario", () => {
    for (const seed of SEEDS) {
      const { faults, durationMs } = profileScenario(profile, seed, { world: "virtual" });
      expect(faults.length).toBeGreaterThan(1);
      for (const { atMs, forMs } of faults) expect(atMs + forMs).toBeLessThanOrEqual(durationMs);
    }
  });
});

test("hostile: at least a minute, two to six faults, a restart among them", () => {
  for (const seed of SEEDS) {
    const { faults, durationMs } = profileScenario("hostile", seed, { world: "virtual" });
    expect(durationMs).toBeGreaterThanOrEqual(60_000);
    expect(faults.length).toBeGreaterThanOrEqual(2);
    expect(faults.length).toBeLessThanOrEqual(6);
    expect(faults.some(({ kind }) => kind === "restart")).toBe(true);
  }
});

test("a fleet has a crystal for every shard, and its daemons", () => {
  const { faults } = profileScenario("calm", 1, { world: "virtual", shards: 40 });
  expect(faults.filter(({ kind }) => kind === "drift")).toHaveLength(40);
  expect(faults.at(-1)?.kind).toBe("daemon");
});

test("what has no room for its faults is refused instead of being calm", () => {
  expect(() => profileScenario("hostile", 1, { world: "virtual", durationMs: 300 })).toThrow(ScenarioError);
});

test("what is asked for is taken", () => {
  const { durationMs, shards } = profileScenario("hostile", 1, { world: "virtual", durationMs: 90_000, shards: 7 });
  expect([durationMs, shards]).toEqual([90_000, 7]);
});
