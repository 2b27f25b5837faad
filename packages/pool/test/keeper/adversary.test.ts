import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeeperEffect } from "../../src/keeper/keeper-protocol.js";
import { WINDOW_MS } from "./host.js";
import { arbitraryScript, play } from "./script.js";
import { Violation } from "./violation.js";
import type { Mutation } from "./world.js";

const moves = arbitraryScript([]);

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
    // Otherwise nothing was put to the test. About 115 leases are lost in 2000 runs, give or take 13.
    expect(ticks).toBeGreaterThan(10 * RUNS);
    expect(takeovers).toBeGreaterThan(RUNS / 2);
    expect(lost).toBeGreaterThan(RUNS / 40);
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
        effects.flatMap((effect): KeeperEffect[] => {
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
