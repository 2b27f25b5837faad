import { describe, expect, it } from "vitest";
import { readSlot } from "../../src/slot/slot.js";
import { holding } from "./holding.js";
import { WINDOW_MS } from "./host.js";

describe("release", () => {
  it("lets a successor start at once, right above the last tick issued", () => {
    const { world, host } = holding(2, 2);
    world.calm(WINDOW_MS);
    const lasts = host.leases.map(({ last }) => last);
    world.release(host, 0);
    world.release(host, 0);
    world.settle();
    const heir = world.hosts[1]!;
    world.pass(1);
    world.acquire(heir, 2, 0);
    world.settle();
    expect(heir.granted[0]!.map(({ floor }) => floor)).toEqual(lasts);
    expect(heir.granted[0]!.map(({ generation }) => generation)).toEqual([3, 3]);
  });

  it("is done when the answer was lost", () => {
    const { world, host } = holding(1);
    world.release(host, 0);
    world.apply(0);
    world.answer(0, "once");
    world.apply(0);
    world.fail(0);
    world.lose(0);
    world.calm(WINDOW_MS / 6, 5);
    expect(host.finished).toHaveLength(1);
    expect([...world.registers.values()][0]!.register).toMatchObject({ holder: null, generation: 2 });
  });

  it("gives up after a while when the store stays away, and never issues again", () => {
    const { world, host } = holding(1);
    const { lease, window } = host.leases[0]!;
    world.release(host, 0);
    for (let passed = 0; passed < WINDOW_MS; passed += 10) {
      world.pass(10);
      world.fail(0);
      world.lose(0);
    }
    expect(host.refused.map(({ code }) => code)).toEqual(["STORE_UNAVAILABLE"]);
    expect(readSlot(lease.slot).open).toBe(false);
    expect(() => window.admit(world.trueMs)).toThrow(expect.objectContaining({ code: "LEASE_LOST" }));
  });

  it("has nothing to give back of a lease that was taken over", () => {
    const { world, host } = holding(1, 2);
    host.paused = true;
    world.acquire(world.hosts[1]!, 2, 5 * WINDOW_MS);
    world.calm(3 * WINDOW_MS);
    const before = [...world.registers.values()].map(({ register }) => register.holder);
    host.paused = false;
    world.release(host, 0);
    world.settle();
    expect(host.finished).toHaveLength(1);
    expect([...world.registers.values()].map(({ register }) => register.holder)).toEqual(before);
  });
});
