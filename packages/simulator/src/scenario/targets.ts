import { mixed, unitOf } from "../chance/hash.js";
import type { Scenario } from "./scenario.js";

/**
 * The shards that a fault of the scenario befalls, ascending; `fault` is its place in the list. Follows from the seed
 * and the place alone, so it is the same in every world.
 */
export function targetsOf(scenario: Scenario, fault: number): readonly number[] {
  const { shards, seed } = scenario;
  const { on } = scenario.faults[fault]!;
  if (typeof on !== "string") return on.toSorted((a, b) => a - b);
  const all = Array.from({ length: shards }, (_, shard) => shard);
  if (on === "all") return all;
  const count = on === "one" ? 1 : Math.ceil((shards * (on === "minority" ? 1 : 2)) / 3);
  return drawn(all, count, mixed(seed, fault)).sort((a, b) => a - b);
}

/** The first places of a shuffle by Fisher and Yates. */
function drawn(items: number[], count: number, salt: number): number[] {
  for (let place = 0; place < count; place++) {
    const other = place + Math.floor(unitOf(mixed(salt, place)) * (items.length - place));
    [items[place], items[other]] = [items[other]!, items[place]!];
  }
  return items.slice(0, count);
}
