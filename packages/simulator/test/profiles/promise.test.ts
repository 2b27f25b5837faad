import { expect, test } from "vitest";
import { PROFILES } from "../../src/profiles/profile.js";
import { profileScenario } from "../../src/profiles/profile-scenario.js";
import { releasesWhatWasCopied } from "../../src/profiles/promise.js";
import type { RestartFault } from "../../src/scenario/fault.js";
import { scenarioOf } from "../scenario/arbitraries.js";

const copied = (on: readonly number[]) => ({ kind: "clone", atMs: 1000, forMs: 2000, on, rewindMs: 0 }) as const;
const restart = (exit: RestartFault["exit"], atMs: number, on: readonly number[]): RestartFault => ({
  ...{ kind: "restart", atMs, forMs: 0, on, exit, clockBehindMs: 0 },
});

test("a release after a copy was taken of the same process is outside the promise; before it, elsewhere, or a kill is not", () => {
  const isOutside = (fault: RestartFault) => releasesWhatWasCopied(scenarioOf([copied([0]), fault], { shards: 2 }));
  expect(isOutside(restart("release", 1500, [0]))).toBe(true);
  expect(isOutside(restart("release", 500, [0]))).toBe(false);
  expect(isOutside(restart("release", 1500, [1]))).toBe(false);
  expect(isOutside(restart("kill", 1500, [0]))).toBe(false);
});

test("no profile asks for what is outside the promise", () => {
  for (const profile of PROFILES) {
    for (let seed = 0; seed < 40; seed++) {
      expect(releasesWhatWasCopied(profileScenario(profile, seed, { world: "virtual" })), `${profile} ${seed}`).toBe(
        false,
      );
    }
  }
});
