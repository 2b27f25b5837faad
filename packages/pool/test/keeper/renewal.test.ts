import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineKey } from "../../src/register/machine-id.js";
import { readSlot } from "../../src/slot/slot.js";
import { holding, leastLeft } from "./holding.js";
import { WINDOW_MS } from "./host.js";
import type { World } from "./world.js";

function versions(world: World): number[] {
  return [...world.registers.values()].map(({ version }) => version);
}

describe("renewal", () => {
  it("raises the limits of all registers every third of a window, in one write", () => {
    const { world } = holding(2);
    const before = versions(world);
    world.calm(10 * WINDOW_MS, 10);
    for (const [index, version] of versions(world).entries()) {
      expect(version - before[index]!).toBeGreaterThanOrEqual(30);
      expect(version - before[index]!).toBeLessThanOrEqual(Math.ceil(30 / 0.9) + 1);
    }
    const nonces = new Set([...world.registers.values()].map(({ register }) => register.nonce));
    expect(nonces.size).toBe(1);
  });

  it("keeps at least two thirds of a window ahead in calm weather", () => {
    const { world, host } = holding(2);
    for (let passed = 0; passed < 5 * WINDOW_MS; passed += 10) {
      world.calm(10, 10);
      expect(leastLeft(world, host)).toBeGreaterThanOrEqual((2 / 3) * WINDOW_MS - 20);
    }
  });

  it.each(["refuses", "is silent"])("does not let an outage of half a window be noticed when the store %s", (how) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: WINDOW_MS }), fc.nat(2), (startMs, waiting) => {
        const { world, host } = holding(2);
        world.calm(startMs, 1);
        // Somebody who waits for a machine ID must not hold up renewals.
        for (let request = 0; request < waiting; request++) world.acquire(host, 1, 1e9);
        for (let passed = 0; passed < WINDOW_MS / 2; passed++) {
          world.pass(1);
          while (world.pending > 0) {
            if (how === "refuses") world.fail(0);
            world.lose(0);
          }
          expect(leastLeft(world, host)).toBeGreaterThan(0);
        }
        for (let passed = 0; passed < WINDOW_MS; passed++) {
          world.calm(1, 1);
          expect(leastLeft(world, host)).toBeGreaterThan(0);
        }
        expect(host.lost).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("loses the one lease that was taken, and renews the others at once", () => {
    const { world, host } = holding(2);
    const [taken, kept] = host.leases.map(({ lease }) => lease);
    const stored = world.registers.get(machineKey(taken!))!;
    const register = { ...stored.register, generation: stored.register.generation + 1, holder: null, nonce: "force" };
    world.registers.set(machineKey(taken!), { ...stored, register, version: stored.version + 1 });
    world.pass(WINDOW_MS / 3);
    const before = world.trueMs;
    world.settle();
    expect(host.lost).toEqual([`${machineKey(taken!)}@1`]);
    expect(readSlot(taken!.slot).open).toBe(false);
    expect(readSlot(kept!.slot)).toMatchObject({ open: true, limit: before + WINDOW_MS });
  });

  it("is not deceived by a store that answers with an older state", () => {
    const { world, host } = holding(1);
    const key = machineKey(host.leases[0]!.lease);
    world.release(host, 0);
    world.settle();
    world.pass(1);
    const older = world.registers.get(key)!;
    world.acquire(host, 1, 0);
    world.settle();
    const newer = world.registers.get(key)!;
    world.pass(WINDOW_MS / 3);
    world.fail(0);
    world.lose(0);
    world.pass(WINDOW_MS / 24);
    world.registers.set(key, older);
    world.apply(0);
    world.registers.set(key, newer);
    world.settle();
    expect(host.lost).toEqual([]);
    expect(leastLeft(world, host)).toBeGreaterThan(WINDOW_MS / 2);
  });

  it("changes nothing by a late write with a smaller limit", () => {
    const { world, host } = holding(1);
    world.pass(WINDOW_MS / 3);
    world.fail(0);
    // The first renewal is still on its way while the second is done.
    world.pass(WINDOW_MS / 24);
    world.apply(1);
    world.answer(1, "once");
    world.apply(1);
    world.answer(1, "once");
    const limit = readSlot(host.leases[0]!.lease.slot).limit;
    expect(limit).toBeGreaterThan(world.trueMs + WINDOW_MS / 2);
    world.apply(0);
    world.answer(0, "once");
    expect(readSlot(host.leases[0]!.lease.slot).limit).toBe(limit);
    expect([...world.registers.values()][0]!.register.limit).toBe(limit);
  });

  it("renews the claim but not the limit when the clock has jumped a year ahead", () => {
    const { world, host } = holding(1);
    const { limit } = readSlot(host.leases[0]!.lease.slot);
    const [before] = versions(world);
    host.stepMs = 365 * 86_400_000;
    world.pass(WINDOW_MS / 3);
    world.settle();
    expect(host.warned).toEqual(["CLOCK_AHEAD"]);
    const { window } = host.leases[0]!;
    expect(() => window.admit(world.nowMs(host))).toThrow(expect.objectContaining({ code: "CLOCK_AHEAD" }));
    expect(versions(world)[0]).toBe(before! + 1);
    expect([...world.registers.values()][0]!.register.limit).toBe(limit);
    host.stepMs = 0;
    world.calm(WINDOW_MS);
    expect(leastLeft(world, host)).toBeGreaterThan(WINDOW_MS / 2);
    expect(window.admit(world.nowMs(host))).toBe(world.nowMs(host));
    expect(host.warned).toHaveLength(1);
  });

  it("takes a host out whose clock is a year behind, by what a write tells of the store's clock", () => {
    const { world, host } = holding(1);
    const { window } = host.leases[0]!;
    host.stepMs = -365 * 86_400_000;
    world.tell(host, { kind: "store-time", storeNowMs: world.trueMs });
    expect(host.warned).toEqual(["CLOCK_BEHIND"]);
    expect(() => window.admit(world.trueMs)).toThrow(expect.objectContaining({ code: "CLOCK_BEHIND" }));
    host.stepMs = 0;
    world.tell(host, { kind: "store-time", storeNowMs: world.trueMs });
    expect(window.admit(world.trueMs)).toBe(world.trueMs);
  });

  it("runs ahead of a holder whose clock is ahead of the keeper's", () => {
    const { world, host } = holding(1);
    for (let second = 0; second < 20; second++) {
      const seat = host.leases[0]!;
      seat.window.admit(readSlot(seat.lease.slot).limit);
      world.calm(WINDOW_MS / 3);
    }
    expect(leastLeft(world, host)).toBeGreaterThan(5 * WINDOW_MS);
  });
});
