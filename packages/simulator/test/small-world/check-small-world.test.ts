import { describe, expect, it } from "vitest";
import { checkSmallWorld } from "../../src/small-world/check-small-world.js";
import type { Deed } from "../../src/small-world/deed.js";
import { realProtocol } from "../../src/small-world/protocol.js";
import { smallWorldStory } from "../../src/small-world/story.js";
import { found, mutants } from "./mutants.js";
import { lineOf, playedIn, worlds } from "./worlds.js";

const ALL_DEEDS: readonly Deed[] = [
  "asks for the register",
  "asks for the horizon",
  "is woken",
  "takes an answer for lost",
  "hears an answer",
  "hears a late answer",
  "loses the lease",
  "closes a slot",
  "sends the release",
  "crashes",
  "is copied",
  "touches a slot",
  "issues",
  "uses the rest of a tick",
  "read",
  "mark done",
  "mark refused",
  "acquire done",
  "acquire refused",
  "extend done",
  "extend refused",
  "release done",
  "release refused",
];

describe("every interleaving of a small world", () => {
  const done = new Set<Deed>();

  it.each(Object.entries(worlds))(
    "leads to no duplicate, and to nothing below a horizon, with %s",
    (name, bounds) => {
      const startedMs = performance.now();
      const protocol = playedIn(realProtocol, bounds);
      const result = checkSmallWorld(protocol, bounds);
      process.stdout.write(lineOf(name, result, (performance.now() - startedMs) / 1000));
      const { counterexample, deeds } = result;
      expect(counterexample === null ? "none" : smallWorldStory(protocol, counterexample)).toBe("none");
      for (const deed of deeds.keys()) done.add(deed);
    },
    60_000,
  );

  it("is played, with everything that may happen", () => {
    expect([...done].sort()).toEqual([...ALL_DEEDS].sort());
  });
});

describe("a shortest way to a breach is found for the mutant", () => {
  it("two copies that both go on", () => {
    const mutant = mutants["compare only the generation instead of the whole record"];
    const bounds = worlds["a copy, two renewals"];
    expect(checkSmallWorld(playedIn(mutant, bounds), bounds).counterexample).not.toBeNull();
  }, 60_000);

  it.each(Object.entries(found))(
    "%s",
    (name, { world, moves }) => {
      const { counterexample } = checkSmallWorld(
        playedIn(mutants[name as keyof typeof mutants], worlds[world]),
        worlds[world],
      );
      expect(counterexample!.steps).toHaveLength(moves);
      expect(counterexample!.steps.at(-1)!.breach).not.toBeNull();
    },
    60_000,
  );
});
