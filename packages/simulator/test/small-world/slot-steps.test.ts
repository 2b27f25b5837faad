import { closeSlot, createSlot, openShardWindow } from "@shardflake/pool/protocol";
import { afterEach, expect, it, vi } from "vitest";
import { realProtocol } from "../../src/small-world/protocol.js";

/** Fields of a slot, in the order in which `createSlot` lays them out. */
const FIELDS = ["owner", "limit", "last", "ticket", "issued", "waits", "steps", "lead", "window waits"];

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
      accesses.push(`${name} ${FIELDS[given[1] as number]}`);
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

it("a thread touches its slot in the steps that are checked", () => {
  const window = windowOn(slot());
  expect(accessesOf(() => expect(window.admit(3)).toBe(3))).toEqual(realProtocol.holderSteps);
  expect(accessesOf(() => expect(window.admit(9)).toBe(5))).toEqual(realProtocol.holderSteps);
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
