import { describe, expect, it } from "vitest";
import { machineKey } from "../../src/register/machine-id.js";
import { Fleet, WINDOW_MS } from "./fleet.js";

const callsOf = ({ members }: Fleet): number[] => members.map(({ reads, writesAtMs }) => reads + writesAtMs.length);

describe("many processes that start in the same moment", () => {
  it.each([
    // A read, a write, and a look at the mark of the namespace.
    { processes: 1, each: 32, most: 3 },
    { processes: 32, each: 1, most: 12 },
    { processes: 32, each: 32, most: 24 },
    { processes: 1000, each: 1, most: 24 },
  ])("get $each machine IDs in each of $processes processes in few calls to the store", ({ processes, each, most }) => {
    const fleet = new Fleet(processes);
    fleet.acquire(each);
    const taken = fleet.members.flatMap(({ grants }) => grants.map(machineKey));
    expect(new Set(taken).size).toBe(processes * each);
    const calls = callsOf(fleet).sort((a, b) => a - b);
    const mean = calls.reduce((sum, count) => sum + count, 0) / calls.length;
    process.stdout.write(
      `${processes} processes at once, ${each} machine IDs each: ${mean.toFixed(1)} calls to the store on average, ${calls.at(-1)} at most\n`,
    );
    expect(calls.at(-1)).toBeLessThanOrEqual(most);
  });

  it("write once each in a third of a window, and not all at the same time", () => {
    const fleet = new Fleet(100);
    fleet.acquire(4);
    const startMs = fleet.nowMs;
    for (const member of fleet.members) member.writesAtMs.length = 0;
    fleet.pass(10 * WINDOW_MS, 10);
    const slots = new Map<number, number>();
    for (const { writesAtMs } of fleet.members) {
      expect(writesAtMs.length).toBeGreaterThanOrEqual(30);
      expect(writesAtMs.length).toBeLessThanOrEqual(35);
      for (const writtenMs of writesAtMs) {
        const slot = Math.floor((writtenMs - startMs) / 100);
        slots.set(slot, (slots.get(slot) ?? 0) + 1);
      }
    }
    const fullest = Math.max(...slots.values());
    const mean = [...slots.values()].reduce((sum, count) => sum + count, 0) / ((10 * WINDOW_MS) / 100);
    process.stdout.write(
      `100 processes: ${mean.toFixed(1)} renewals in 100 ms on average, ${fullest} in the fullest\n`,
    );
    expect(fullest).toBeLessThan(5 * mean);
  });
});
