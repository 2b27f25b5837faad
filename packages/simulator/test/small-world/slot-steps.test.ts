import { createGenerator, defineLayout } from "@shardflake/core";
import { closeSlot, createSlot, openShardWindow, raiseFloor } from "@shardflake/pool/protocol";
import { afterEach, expect, it, vi } from "vitest";
import { realProtocol } from "../../src/small-world/protocol.js";

/** Fields of a slot, in the order in which `createSlot` lays them out. */
const FIELDS = [
  "owner",
  "limit",
  "last",
  "ticket",
  "issued",
  "waits",
  "steps",
  "lead",
  "window waits",
  "floor",
  "raises",
];

afterEach(() => {
  vi.restoreAllMocks();
});

/**
 * Every atomic access of `work` to shared memory, in order, but the look at the lead of this host's clock: it comes first
 * and can only keep a holder from going on.
 */
function accessesOf(work: () => void): string[] {
  const accesses: string[] = [];
  for (const name of ["load", "store", "exchange", "compareExchange", "add", "sub", "and", "or", "xor"] as const) {
    const real = Atomics[name] as (...given: unknown[]) => unknown;
    vi.spyOn(Atomics, name).mockImplementation(((...given: unknown[]) => {
      const field = (given[1] as number) / (given[0] instanceof BigInt64Array ? 1 : 2);
      accesses.push(`${name} ${FIELDS[field]}`);
      return real(...given);
    }) as never);
  }
  work();
  vi.restoreAllMocks();
  expect(accesses.slice(1)).not.toContain("load lead");
  return accesses.filter((access) => access !== "load lead");
}

const slot = () => createSlot(1, 0, 5);
const windowOn = (memory: SharedArrayBuffer) =>
  openShardWindow({ datacenterId: 0, machineId: 0, generation: 1, floor: 0, slot: memory });

/** The count of raises stands for the floor: who sees it as it was sees the floor as it was. */
const asSteps = (accesses: readonly string[]): string[] =>
  accesses.filter((access) => access !== "load floor").map((access) => access.replace("raises", "floor"));

it("a thread touches its slot in the steps that are checked", () => {
  const window = windowOn(slot());
  const clock = { tick: 3, now: () => clock.tick, monotonic: () => 0, sleep: () => {} };
  const layout = defineLayout({ epoch: 0 });
  const generator = createGenerator({ layout, datacenterId: 0, machineId: 0, window, clock });
  const asking = (): string[] => asSteps(accessesOf(() => generator.tryNext()));
  expect(asking()).toEqual(realProtocol.holderSteps);
  expect(asking()).toEqual(realProtocol.restSteps);
  clock.tick = 9;
  expect(asking()).toEqual(realProtocol.holderSteps);
  expect(generator.lastTick).toBe(3);
});

it("a thread looks at a floor that was raised before it goes on", () => {
  const memory = slot();
  const window = windowOn(memory);
  raiseFloor(memory, 4);
  expect(accessesOf(() => expect(window.floor).toBe(4))).toEqual(["load raises", "load floor"]);
  expect(accessesOf(() => expect(window.floor).toBe(4))).toEqual(["load raises"]);
});

it("a keeper raises a floor before it counts that it did", () => {
  expect(accessesOf(() => raiseFloor(slot(), 4))).toEqual(["load floor", "compareExchange floor", "add raises"]);
});

it("a thread looks at the limit again only where it may have risen, and publishes nothing that it has published", () => {
  const window = windowOn(slot());
  window.admit(5);
  expect(accessesOf(() => window.admit(5))).toEqual([]);
  expect(accessesOf(() => window.admit(6))).toEqual(["load limit", "load owner", "add window waits"]);
});

it("a keeper closes a slot in the steps that are checked", () => {
  const steps = accessesOf(() => closeSlot(slot())).map((access) =>
    access === "exchange owner" ? "close owner" : access,
  );
  expect(steps).toEqual(realProtocol.takerSteps);
});
