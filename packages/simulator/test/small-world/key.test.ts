import fc from "fast-check";
import { expect, it } from "vitest";
import type { Bounds } from "../../src/small-world/bounds.js";
import { Choices } from "../../src/small-world/choices.js";
import type { Process } from "../../src/small-world/process.js";
import { realProtocol } from "../../src/small-world/protocol.js";
import { type Known, Registry } from "../../src/small-world/registry.js";
import { firstWorld, successors } from "../../src/small-world/successors.js";
import { keyOf, type World } from "../../src/small-world/world.js";

/** Gives back every process as it came, with its own times, names and numbers of calls. */
class Unshared extends Registry {
  override process(value: Process): Known<Process> {
    return { ...super.process(value), value };
  }
}

const bounds: Bounds = {
  processes: 3,
  readings: [1, 3],
  acquires: 4,
  releases: 2,
  wakes: 4,
  lostAnswers: 2,
  crashes: 1,
  horizons: 1,
  copies: 1,
  marginMs: 0,
};

const registry = new Unshared();
const choices = new Choices(realProtocol, bounds, registry);

function walk(turns: readonly number[]): World[] {
  const worlds = [firstWorld(registry, bounds)];
  for (const turn of turns) {
    const ways = successors(choices, worlds.at(-1)!);
    if (ways.length === 0) break;
    worlds.push(ways[turn % ways.length]!.world);
  }
  return worlds;
}

function waysFrom(world: World): string[] {
  return successors(choices, world)
    .map(({ world: after, breach }) => `${keyOf(after)} ${breach === null ? "" : "breach"}`)
    .sort();
}

it("is the same only for worlds that go on in the same ways", () => {
  const byKey = new Map<string, World>();
  let compared = 0;
  const walks = fc.sample(fc.array(fc.nat(1e6), { minLength: 60, maxLength: 60, size: "max" }), {
    numRuns: 150,
    seed: 1,
  });
  for (const world of walks.flatMap(walk)) {
    const key = keyOf(world);
    const before = byKey.get(key);
    if (before === undefined) byKey.set(key, world);
    else if (!isSame(before, world)) {
      compared++;
      expect(waysFrom(world)).toEqual(waysFrom(before));
    }
  }
  expect(compared).toBeGreaterThan(100);
}, 60_000);

/** Whether two worlds have the same key for the plain reason that nothing differs, not even times and names. */
function isSame(one: World, other: World): boolean {
  return one.processes.every(({ value, names }, at) => {
    const theirs = other.processes[at]!;
    return value.monotonicMs === theirs.value.monotonicMs && names.join() === theirs.names.join();
  });
}
