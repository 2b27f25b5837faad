import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Mutation, Violation, WINDOW_MS, World } from "./world.js";

/** One thing that the adversary does. Numbers are taken modulo what there is. */
type Move =
  | { readonly kind: "acquire" | "release" | "issue" | "exhaust" | "pause" | "resume"; readonly host: number }
  | { readonly kind: "apply" | "answer" | "answer again" | "fail" | "lose"; readonly call: number }
  | { readonly kind: "step"; readonly host: number; readonly ms: number }
  | { readonly kind: "pass" | "calm"; readonly ms: number };

const HOSTS = 3;

const host = fc.nat(HOSTS - 1);
const call = fc.nat(7);
const passing = fc.constantFrom(1, 20, WINDOW_MS / 9, WINDOW_MS / 3, WINDOW_MS, 2 * WINDOW_MS, 3 * WINDOW_MS);
const stepping = fc.constantFrom(-5 * WINDOW_MS, -WINDOW_MS, -100, 100, WINDOW_MS, 5 * WINDOW_MS);

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
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
  ),
  { minLength: 20, maxLength: 120, size: "max" },
);

function play(script: readonly Move[], mutation: Mutation = {}): World {
  const world = new World(HOSTS, mutation);
  for (const move of script) playMove(world, move);
  for (const each of world.hosts) each.paused = false;
  world.calm(4 * WINDOW_MS);
  return world;
}

function playMove(world: World, move: Move): void {
  const callOf = (number: number) => number % Math.max(1, world.pending);
  switch (move.kind) {
    case "acquire":
      world.acquire(world.hosts[move.host]!, 1 + (world.pending % 2), 3 * WINDOW_MS);
      break;
    case "release":
      world.release(world.hosts[move.host]!, 0);
      break;
    case "issue":
      world.issue(world.hosts[move.host]!);
      break;
    case "exhaust":
      world.issue(world.hosts[move.host]!, 1e9);
      break;
    case "pause":
    case "resume":
      world.hosts[move.host]!.paused = move.kind === "pause";
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
      world.hosts[move.host]!.stepMs += move.ms;
      break;
    case "pass":
      world.pass(move.ms);
      break;
    case "calm":
      world.calm(move.ms);
  }
}

const RUNS = 2000;

describe("keepers against lost, late, repeated and reordered answers, pauses and steps of the clock", () => {
  it("let no tick be issued under two generations, and keep the windows of successors apart", () => {
    let [ticks, takeovers, lost] = [0, 0, 0];
    fc.assert(
      fc.property(moves, (script) => {
        const world = play(script);
        ticks += world.ticksIssued;
        takeovers += world.takeovers;
        lost += world.hosts.reduce((sum, each) => sum + each.lost.length, 0);
      }),
      { numRuns: RUNS },
    );
    // Otherwise nothing was put to the test.
    expect(ticks).toBeGreaterThan(10 * RUNS);
    expect(takeovers).toBeGreaterThan(RUNS / 2);
    expect(lost).toBeGreaterThan(RUNS / 20);
  }, 60_000);

  const mutants: Record<string, () => Mutation> = {
    "floor taken from an earlier read": () => {
      const first = new Map<number, number>();
      return {
        write: (write, world) => {
          if (write.register.holder === null) return write;
          const stored = world.registers.get(`0/${write.machineId}`);
          if (stored?.register.generation === write.register.generation) return write;
          if (!first.has(write.machineId)) first.set(write.machineId, write.register.floor);
          return { ...write, register: { ...write.register, floor: first.get(write.machineId)! } };
        },
      };
    },
    "late extend lowers the limit": () => ({
      write: (write, world, from) => {
        const stored = world.registers.get(`0/${write.machineId}`);
        if (stored?.register.generation !== write.register.generation) return write;
        const limit = Math.max(write.register.floor, Math.floor(world.nowMs(from)) + WINDOW_MS);
        return { ...write, register: { ...write.register, limit } };
      },
    }),
    "release below the last tick issued": () => ({
      write: (write) => {
        if (write.register.holder !== null) return write;
        return { ...write, register: { ...write.register, limit: write.register.floor } };
      },
    }),
    "limit raised before the store has acknowledged it": () => ({
      effects: (effects) =>
        effects.flatMap((effect) => {
          if (effect.kind !== "write") return [effect];
          const raises = effect.writes.map(({ datacenterId, machineId, register: { generation, limit } }) => {
            return { kind: "raise" as const, datacenterId, machineId, generation, limit };
          });
          return [...raises, effect];
        }),
    }),
    "a lost answer taken for done": () => ({
      answer: (event) => (event.kind === "failed" ? { kind: "written", callId: event.callId, outcome: "done" } : event),
    }),
    "a conflict taken for done": () => ({
      answer: (event) => (event.kind === "written" ? { ...event, outcome: "done" } : event),
    }),
    "a store that compares nothing": () => ({ compares: false }),
  };

  it.each(Object.keys(mutants))(
    "would find the mutant: %s",
    (name) => {
      const outcome = fc.check(
        fc.property(moves, (script) => {
          play(script, mutants[name]!());
        }),
        // Always the same runs: whether a mutant is found must not be left to chance.
        { numRuns: 5 * RUNS, endOnFailure: true, seed: 1 },
      );
      expect(outcome.failed).toBe(true);
      expect(outcome.errorInstance).toBeInstanceOf(Violation);
    },
    60_000,
  );
});
