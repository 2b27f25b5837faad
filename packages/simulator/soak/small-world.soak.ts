import { describe, expect, it } from "vitest";
import type { Bounds } from "../src/small-world/bounds.js";
import { checkSmallWorld } from "../src/small-world/check-small-world.js";
import { realProtocol } from "../src/small-world/protocol.js";
import { smallWorldStory } from "../src/small-world/story.js";
import { mutants } from "../test/small-world/mutants.js";
import { lineOf } from "../test/small-world/worlds.js";

/** Larger than those of the tests; every mutant that needs no more than the first is found in the first. */
const worlds: Readonly<Record<string, Bounds>> = {
  "a renewal, a release, three acquires": {
    processes: 2,
    readings: [1, 3],
    acquires: 3,
    releases: 1,
    wakes: 1,
    lostAnswers: 0,
    crashes: 0,
  },
};

describe.each(Object.entries(worlds))("every interleaving with %s", (name, bounds) => {
  it("leads to no duplicate", () => {
    const startedMs = performance.now();
    const result = checkSmallWorld(realProtocol, bounds);
    process.stdout.write(lineOf(name, result, (performance.now() - startedMs) / 1000));
    const { counterexample } = result;
    expect(counterexample === null ? "none" : smallWorldStory(realProtocol, counterexample)).toBe("none");
  });
});

it.each(Object.entries(mutants))("prints a shortest way to a duplicate: %s", (name, mutant) => {
  const { counterexample } = checkSmallWorld(mutant, worlds["a renewal, a release, three acquires"]!);
  process.stdout.write(`\n${name}\n${smallWorldStory(mutant, counterexample!)}\n`);
});
