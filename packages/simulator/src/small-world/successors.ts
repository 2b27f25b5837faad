import { horizonId, untouched } from "@shardflake/pool/protocol";
import { ALLOWED, type Allowance, type Bounds, spend } from "./bounds.js";
import type { Choice, Choices, Move } from "./choices.js";
import { startedProcess } from "./process.js";
import type { Registry } from "./registry.js";
import { LAYOUT } from "./scale.js";
import { type Breach, issue, share, type World } from "./world.js";

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
  const { acquires, releases, wakes, lostAnswers, crashes, horizons, copies, marginMs } = bounds;
  return {
    processes: Array.from({ length: bounds.processes }, (_, at) =>
      registry.process(startedProcess(nameOf(at), 0, marginMs, -1)),
    ),
    register: registry.register(untouched({ datacenterId: 0, machineId: 0 })),
    mark: registry.register(untouched(horizonId(LAYOUT))),
    issued: new Array<number>(LAYOUT.maxTick + 1).fill(0),
    shared: [],
    left: { acquires, releases, wakes, lostAnswers, crashes, horizons, copies },
  };
}

/** Every world that is one move away. */
export function successors(choices: Choices, world: World): Successor[] {
  const found: Successor[] = [];
  const add = (at: number, { move, process, register, mark, issued: by }: Choice, left: Allowance): void => {
    const { issued, breach } = issue(world, by);
    const processes = world.processes.with(at, process);
    const { shared } = world;
    const records = { register: register ?? world.register, mark: mark ?? world.mark };
    const after = { processes, ...records, issued, shared, left };
    found.push({ at, move, world: after, breach });
  };
  for (const [at, known] of world.processes.entries()) {
    for (const choice of choices.of(known, "nothing")) add(at, choice, world.left);
    for (const choice of choices.atStoreOf(known, world)) add(at, choice, world.left);
  }
  for (const thing of ALLOWED) {
    const left = spend(world.left, thing);
    if (left === null) continue;
    for (const [at, known] of world.processes.entries()) {
      for (const choice of choices.of(known, thing)) add(at, choice, left);
    }
  }
  return [...found, ...copyings(choices, world)];
}

function copyings(choices: Choices, world: World): Successor[] {
  const { processes, register } = world;
  const left = spend(world.left, "copies");
  if (left === null) return [];
  return processes.map((known, at) => {
    const copy = choices.copyOf(known, nameOf(processes.length));
    const { seats, calls } = known.value;
    const written = calls.flatMap((call) => (call.kind === "write" ? [call.write.register] : []));
    const stored = choices.owns(copy, register) ? [register.value.register] : [];
    const shared = share(world, [...seats, ...written, ...stored]);
    return {
      at,
      move: { kind: "copy" },
      world: { ...world, ...shared, processes: [...processes, copy], left },
      breach: null,
    };
  });
}

function nameOf(at: number): string {
  return String.fromCharCode(0x41 + at);
}
