import { describe, expect, it } from "vitest";
import type { Bounds } from "../src/small-world/bounds.js";
import { checkSmallWorld } from "../src/small-world/check-small-world.js";
import { realProtocol } from "../src/small-world/protocol.js";
import { smallWorldStory } from "../src/small-world/story.js";
import { found, mutants } from "../test/small-world/mutants.js";
import { LEAST, lineOf, playedIn, worlds } from "../test/small-world/worlds.js";

const COMMON: Bounds = { ...LEAST, acquires: 3, releases: 1, wakes: 1 };

/** Larger than those of the tests: up to two million states each. */
const largeWorlds: Readonly<Record<string, Bounds>> = {
  "a renewal, a release, three acquires": COMMON,
  "three readings of the clock": { ...COMMON, readings: [1, 2, 3] },
  "three holders, a renewal, a release": { ...COMMON, processes: 3 },
  "two renewals, an answer lost, three acquires": { ...COMMON, releases: 0, wakes: 2, lostAnswers: 1 },
  "a renewal, a release, an answer lost, a crash": { ...COMMON, acquires: 2, lostAnswers: 1, crashes: 1 },
  "a horizon, a renewal, two holders": { ...LEAST, wakes: 1, horizons: 1, marginMs: 0 },
  "a horizon, a release, two holders": { ...LEAST, releases: 1, horizons: 1, marginMs: 0 },
  "a horizon, a renewal, an answer lost, a crash": {
    ...LEAST,
    ...{ acquires: 1, wakes: 1, lostAnswers: 1, crashes: 1, horizons: 1, marginMs: 0 },
  },
  "a copy, two renewals, an answer lost": { ...LEAST, processes: 1, acquires: 1, wakes: 2, lostAnswers: 1, copies: 1 },
};

describe("every interleaving of a small world leads to no duplicate, and to nothing below a horizon", () => {
  it.each(Object.entries(largeWorlds))("with %s", (name, bounds) => {
    const startedMs = performance.now();
    const protocol = playedIn(realProtocol, bounds);
    const result = checkSmallWorld(protocol, bounds);
    process.stdout.write(lineOf(name, result, (performance.now() - startedMs) / 1000));
    const { counterexample } = result;
    expect(counterexample === null ? "none" : smallWorldStory(protocol, counterexample)).toBe("none");
  });
});

it.each(Object.entries(found))("a shortest way to a breach is printed: %s", (name, { world }) => {
  const mutant = playedIn(mutants[name as keyof typeof mutants], worlds[world]);
  const { counterexample } = checkSmallWorld(mutant, worlds[world]);
  expect(counterexample).not.toBeNull();
  process.stdout.write(`\n${name}\n${smallWorldStory(mutant, counterexample!)}\n`);
});
