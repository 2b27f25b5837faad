import { untouched } from "@shardflake/pool/protocol";
import { type Allowance, type Bounds, spend, THINGS } from "./bounds.js";
import type { Choice, Choices, Move } from "./choices.js";
import { startedProcess } from "./process.js";
import type { Registry } from "./registry.js";
import { LAYOUT } from "./scale.js";
import { type Breach, issue, type World } from "./world.js";

/** A world after a move of one of its processes. */
export interface Successor {
  /** Position of the process in {@link World.processes}. */
  readonly at: number;
  readonly move: Move;
  readonly world: World;
  readonly breach: Breach | null;
}

/** The world in which nobody has asked for the register yet. */
export function firstWorld(registry: Registry, bounds: Bounds): World {
  const { acquires, releases, wakes, lostAnswers, crashes } = bounds;
  const names = Array.from({ length: bounds.processes }, (_, at) => String.fromCharCode(0x41 + at));
  return {
    processes: names.map((name) => registry.process(startedProcess(name, 0))),
    register: registry.register(untouched({ datacenterId: 0, machineId: 0 })),
    issued: new Array<number>(LAYOUT.maxTick + 1).fill(0),
    left: { acquires, releases, wakes, lostAnswers, crashes },
  };
}

/** Every world that is one move away. */
export function successors(choices: Choices, world: World): Successor[] {
  const found: Successor[] = [];
  const add = (at: number, { move, process, register, issued: by }: Choice, left: Allowance): void => {
    const { issued, breach } = issue(world.issued, by);
    const processes = world.processes.with(at, process);
    found.push({ at, move, world: { processes, register: register ?? world.register, issued, left }, breach });
  };
  for (const [at, known] of world.processes.entries()) {
    for (const choice of choices.of(known, "nothing")) add(at, choice, world.left);
    for (const choice of choices.atRegister(known, world.register)) add(at, choice, world.left);
  }
  for (const thing of THINGS) {
    const left = spend(world.left, thing);
    if (left === null) continue;
    for (const [at, known] of world.processes.entries()) {
      for (const choice of choices.of(known, thing)) add(at, choice, left);
    }
  }
  return found;
}
