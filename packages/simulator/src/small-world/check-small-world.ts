import type { Bounds } from "./bounds.js";
import { Choices } from "./choices.js";
import { type Deed, deedOf } from "./deed.js";
import type { Protocol } from "./protocol.js";
import { Registry } from "./registry.js";
import { firstWorld, type Successor, successors } from "./successors.js";
import { keyOf, type World } from "./world.js";

/** A shortest way into a breach. */
export interface Counterexample {
  readonly first: World;
  /** The last one is the breach. */
  readonly steps: readonly Successor[];
}

/** What a check has found. */
export interface SmallWorldResult {
  /** `null`: within the bounds there is none. */
  readonly counterexample: Counterexample | null;
  /** Worlds that differ in more than names. */
  readonly states: number;
  readonly transitions: number;
  /** States of single processes. */
  readonly processStates: number;
  /** Most moves to any state. */
  readonly depth: number;
  /** How often each deed was done on the way from one state to another: what never was, was not checked. */
  readonly deeds: ReadonlyMap<Deed, number>;
}

/**
 * Plays every interleaving of processes, threads, store and network within the bounds, breadth first, with the real keeper
 * machine, and stops at the first tick that is issued twice or on the wrong side of another generation's.
 *
 * What it rests on: a process notices time only by being woken; while it waits, any time may pass for the others. A clock
 * reads any of {@link Bounds.readings}, whatever it read before. Worlds that differ in nothing but the names of processes,
 * random names and past times count as one.
 */
export function checkSmallWorld(protocol: Protocol, bounds: Bounds): SmallWorldResult {
  const registry = new Registry();
  const choices = new Choices(protocol, bounds, registry);
  const first = firstWorld(registry, bounds);
  const seen = new Set([keyOf(first)]);
  const origins: number[] = [-1];
  const ordinals: number[] = [-1];
  let frontier: { readonly number: number; readonly world: World }[] = [{ number: 0, world: first }];
  const deeds = new Map<Deed, number>();
  let [transitions, depth] = [0, 0];
  const result = (counterexample: Counterexample | null): SmallWorldResult => ({
    counterexample,
    states: seen.size,
    transitions,
    processStates: registry.processCount,
    depth,
    deeds,
  });
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const { number, world } of frontier) {
      const found = successors(choices, world);
      for (const [ordinal, step] of found.entries()) {
        const { world: after, breach } = step;
        const deed = deedOf(world, step);
        deeds.set(deed, (deeds.get(deed) ?? 0) + 1);
        transitions++;
        if (breach !== null) {
          depth++;
          return result({ first, steps: retrace(choices, first, [...pathTo(number), ordinal]) });
        }
        const key = keyOf(after);
        if (seen.has(key)) continue;
        seen.add(key);
        origins.push(number);
        ordinals.push(ordinal);
        next.push({ number: origins.length - 1, world: after });
      }
    }
    if (next.length > 0) depth++;
    frontier = next;
  }
  return result(null);

  function pathTo(number: number): number[] {
    const path: number[] = [];
    for (let at = number; at !== 0; at = origins[at]!) path.push(ordinals[at]!);
    return path.reverse();
  }
}

function retrace(choices: Choices, first: World, path: readonly number[]): Successor[] {
  let world = first;
  return path.map((ordinal) => {
    const step = successors(choices, world)[ordinal]!;
    world = step.world;
    return step;
  });
}
