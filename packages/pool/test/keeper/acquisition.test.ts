import { describe, expect, it } from "vitest";
import { readSlot } from "../../src/slot/slot.js";
import { holding, leastLeft } from "./holding.js";
import { type Host, WINDOW_MS } from "./host.js";
import { World } from "./world.js";

/** A world in which a keeper has taken a machine ID, and does not know it yet. */
function unanswered(): { world: World; host: Host } {
  const world = new World(1);
  const host = world.hosts[0]!;
  world.acquire(host, 1, 10 * WINDOW_MS);
  world.apply(0);
  world.answer(0, "once");
  world.apply(0);
  return { world, host };
}

describe("acquire", () => {
  it("renews at once what was granted late", () => {
    const { world, host } = unanswered();
    host.paused = true;
    world.lose(0);
    world.pass(3 * WINDOW_MS);
    host.paused = false;
    world.pass(WINDOW_MS / 24);
    world.settle();
    world.pass(WINDOW_MS / 24);
    world.settle();
    expect(host.granted).toHaveLength(1);
    expect(leastLeft(world, host)).toBeGreaterThan(WINDOW_MS / 2);
  });

  it("sees by its nonce that a lost answer meant yes, and takes nothing twice", () => {
    const { world, host } = unanswered();
    world.lose(0);
    world.pass(WINDOW_MS / 9);
    world.calm(WINDOW_MS / 6, 5);
    expect(host.granted).toHaveLength(1);
    expect([...world.registers.values()].filter(({ register }) => register.holder !== null)).toHaveLength(1);
  });

  it("takes all or none", () => {
    const world = new World(2);
    const [one, other] = world.hosts as [Host, Host];
    world.acquire(one, 1, 0);
    world.settle();
    world.acquire(other, 2, 0);
    world.settle();
    expect(other.refused.map(({ code }) => code)).toEqual(["MACHINE_IDS_TAKEN"]);
    expect([...world.registers.values()].filter(({ register }) => register.holder !== null)).toHaveLength(1);
  });

  it("waits for a machine ID within its bound, and takes it once it is given back", () => {
    const world = new World(2);
    const [one, other] = world.hosts as [Host, Host];
    world.acquire(one, 2, 0);
    world.settle();
    world.acquire(other, 1, WINDOW_MS);
    world.calm(WINDOW_MS / 2, 10);
    expect(other.granted).toEqual([]);
    world.release(one, 0);
    world.calm(WINDOW_MS / 6, 10);
    expect(other.granted).toHaveLength(1);
    expect(other.granted[0]![0]!.generation).toBe(3);
  });

  it("takes over from a holder that has been silent for two windows, above its limit", () => {
    const { world, host } = holding(2, 2);
    const limits = host.leases.map(({ lease }) => readSlot(lease.slot).limit);
    const heir = world.hosts[1]!;
    host.paused = true;
    world.acquire(heir, 2, 5 * WINDOW_MS);
    world.calm(2 * WINDOW_MS - 60, 10);
    expect(heir.granted).toEqual([]);
    world.calm(120, 10);
    expect(heir.granted[0]!.map(({ floor }) => floor)).toEqual(limits);
    // The zombie wakes: its clock has gone on, its window has not.
    for (const seat of host.leases) expect(seat.window.admit(world.trueMs)).toBe(limits[0]);
    host.paused = false;
    world.calm(WINDOW_MS);
    expect(host.lost).toHaveLength(2);
    expect(host.leases).toEqual([]);
  });

  it("says how long the clock needs to pass the floors", () => {
    const { world, host } = holding(2, 2);
    const other = world.hosts[1]!;
    other.stepMs = -10_000;
    for (const seat of host.leases) seat.window.admit(world.trueMs);
    world.release(host, 0);
    world.release(host, 0);
    world.settle();
    world.acquire(other, 2, 0);
    world.settle();
    expect(other.refused.map(({ code }) => code)).toEqual(["FLOOR_AHEAD"]);
    world.acquire(other, 2, 11_000);
    world.calm(10_200);
    expect(other.granted).toHaveLength(1);
  });

  it("refuses a clock that is more than a day ahead of the store's", () => {
    const world = new World(1);
    const host = world.hosts[0]!;
    host.stepMs = 86_400_001;
    world.acquire(host, 1, 0);
    world.settle();
    expect(host.refused.map(({ code }) => code)).toEqual(["CLOCK_AHEAD"]);
    expect(world.registers.size).toBe(0);
  });

  it("refuses a clock that is more than a day behind the store's", () => {
    const world = new World(1);
    const host = world.hosts[0]!;
    world.trueMs += 2 * 86_400_000;
    host.stepMs = -86_400_001;
    world.acquire(host, 1, 0);
    world.settle();
    expect(host.refused.map(({ code }) => code)).toEqual(["CLOCK_BEHIND"]);
    expect(world.registers.size).toBe(0);
  });

  it("ends its waiting when the keeper is closed", () => {
    const { world, host } = holding(2);
    world.acquire(host, 1, 1e9);
    world.settle();
    world.tell(host, { kind: "abandon" });
    expect(host.refused.map(({ code }) => code)).toEqual(["KEEPER_CLOSED"]);
  });

  it("gives up at its bound when the store stays away", () => {
    const world = new World(1);
    const host = world.hosts[0]!;
    world.acquire(host, 1, WINDOW_MS);
    for (let passed = 0; passed < 2 * WINDOW_MS; passed += 10) {
      world.pass(10);
      world.fail(0);
      world.lose(0);
    }
    expect(host.refused.map(({ code }) => code)).toEqual(["STORE_UNAVAILABLE"]);
  });
});
