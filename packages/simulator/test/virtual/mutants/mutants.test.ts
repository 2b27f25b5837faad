import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../src/outcome/outcome.js";
import type { Profile } from "../../../src/profiles/profile.js";
import { profileScenario } from "../../../src/profiles/profile-scenario.js";
import { type Build, OURS } from "../../../src/virtual/build.js";
import { simulateVirtual } from "../../../src/virtual/simulate-virtual.js";
import { mutants, soundGenerator, soundKeeper } from "./mutants.js";

const SEEDS = 30;
const OPTIONS = { signal: new AbortController().signal, onProgress: () => {}, observers: [] };

function run(profile: Profile, seed: number, build: Build): Outcome {
  return simulateVirtual(profileScenario(profile, seed, { world: "virtual", durationMs: 60_000 }), OPTIONS, build);
}

describe("bugs that really happened", { timeout: 120_000 }, () => {
  test.each(mutants)("$name: found within the budget of seeds", ({ profile, build, breaks }) => {
    let found = -1;
    for (let seed = 0; seed < SEEDS && found < 0; seed++) {
      const { violations } = run(profile, seed, build());
      if (violations.some(({ invariant }) => invariant === breaks)) found = seed;
    }
    expect(found).toBeGreaterThanOrEqual(0);
  });

  test("the unbroken one passes the seeds in which they are found", () => {
    for (const profile of ["hostile", "swarm"] as const) {
      for (let seed = 0; seed < 6; seed++) expect(run(profile, seed, OURS).verdict).not.toBe("fail");
    }
  });

  test("so does what the mutants are made of", () => {
    for (let seed = 0; seed < 4; seed++) {
      const outcome = run("hostile", seed, soundGenerator);
      expect(outcome.violations.filter(({ invariant }) => invariant === "unique")).toEqual([]);
    }
    let horizons = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const outcome = run("hostile", seed, soundKeeper);
      horizons += outcome.coverage["horizon-told"] ?? 0;
      expect(outcome.violations.filter(({ invariant }) => invariant === "horizon")).toEqual([]);
    }
    expect(horizons).toBeGreaterThan(100);
  });
});
