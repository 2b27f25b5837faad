import fc from "fast-check";
import { type Host, WINDOW_MS } from "./host.js";
import { type Mutation, World } from "./world.js";

/** One thing that the adversary does. Numbers are taken modulo what there is. */
export type Move =
  | { readonly kind: "acquire" | "release" | "issue" | "exhaust" | "pause" | "resume" | "copy"; readonly host: number }
  | { readonly kind: "apply" | "answer" | "answer again" | "fail" | "lose"; readonly call: number }
  | { readonly kind: "step"; readonly host: number; readonly ms: number }
  | { readonly kind: "pass" | "calm"; readonly ms: number };

const HOSTS = 3;
const MOST_HOSTS = 6;

const host = fc.nat(MOST_HOSTS - 1);
const call = fc.nat(7);
const passing = fc.constantFrom(1, 20, WINDOW_MS / 9, WINDOW_MS / 3, WINDOW_MS, 2 * WINDOW_MS, 3 * WINDOW_MS);
const stepping = fc.constantFrom(-5 * WINDOW_MS, -WINDOW_MS, -100, 100, WINDOW_MS, 5 * WINDOW_MS);

const common: readonly fc.MaybeWeightedArbitrary<Move>[] = [
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("acquire" as const), host }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("release" as const), host }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("issue" as const), host }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("exhaust" as const), host }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("pause" as const, "resume" as const), host }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("apply" as const), call }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("answer" as const, "answer again" as const), call }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("fail" as const, "lose" as const), call }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("step" as const), host, ms: stepping }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: passing }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("calm" as const), ms: passing }) },
];

/** Another process is a clone of one of these. */
export const copying: fc.MaybeWeightedArbitrary<Move> = {
  weight: 1,
  arbitrary: fc.record({ kind: fc.constant("copy" as const), host }),
};

/** What the adversary does, one after another. */
export function arbitraryScript(more: readonly fc.MaybeWeightedArbitrary<Move>[]): fc.Arbitrary<Move[]> {
  return fc.array(fc.oneof(...common, ...more), { minLength: 20, maxLength: 120, size: "max" });
}

/** Plays a script, and after that a while in which nobody is paused and the network behaves. */
export function play(script: readonly Move[], mutation: Mutation = {}): World {
  const world = new World(HOSTS, mutation);
  for (const move of script) playMove(world, move);
  for (const each of world.hosts) each.paused = false;
  world.calm(4 * WINDOW_MS);
  return world;
}

function playMove(world: World, move: Move): void {
  const hostOf = (number: number): Host => world.hosts[number % world.hosts.length]!;
  const callOf = (number: number) => number % Math.max(1, world.pending);
  switch (move.kind) {
    case "acquire":
      world.acquire(hostOf(move.host), 1 + (world.pending % 2), 3 * WINDOW_MS);
      break;
    case "release":
      world.release(hostOf(move.host), 0);
      break;
    case "issue":
      world.issue(hostOf(move.host));
      break;
    case "exhaust":
      world.issue(hostOf(move.host), 1e9);
      break;
    case "pause":
    case "resume":
      hostOf(move.host).paused = move.kind === "pause";
      break;
    case "copy":
      if (world.hosts.length < MOST_HOSTS) world.copy(hostOf(move.host));
      break;
    case "apply":
      world.apply(callOf(move.call));
      break;
    case "answer":
      world.answer(callOf(move.call), "once");
      break;
    case "answer again":
      world.answer(callOf(move.call), "again");
      break;
    case "fail":
      world.fail(callOf(move.call));
      break;
    case "lose":
      world.lose(callOf(move.call));
      break;
    case "step":
      hostOf(move.host).stepMs += move.ms;
      break;
    case "pass":
      world.pass(move.ms);
      break;
    case "calm":
      world.calm(move.ms);
  }
}
