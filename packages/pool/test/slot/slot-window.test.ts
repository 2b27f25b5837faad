import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import type { Lease } from "../../src/keeper/lease.js";
import { closeSlot, createSlot, raiseFloor, raiseLimit, readSlot } from "../../src/slot/slot.js";
import { openShardWindow } from "../../src/slot/slot-window.js";

function leaseOf(floor: number, limit: number): Lease {
  return { datacenterId: 0, machineId: 1, generation: 7, floor, slot: createSlot(7, floor, limit) };
}

describe("a window on a slot", () => {
  it("admits what lies inside, and publishes it first", () => {
    const lease = leaseOf(10, 20);
    const window = openShardWindow(lease);
    expect(window.floor).toBe(10);
    expect(window.admit(15)).toBe(15);
    expect(readSlot(lease.slot).last).toBe(15);
  });

  it("admits no more than its limit, and more once that is raised; a lower limit changes nothing", () => {
    const lease = leaseOf(10, 20);
    const window = openShardWindow(lease);
    expect(window.admit(25)).toBe(20);
    raiseLimit(lease.slot, 22);
    raiseLimit(lease.slot, 18);
    expect(window.admit(25)).toBe(22);
    expect(readSlot(lease.slot)).toMatchObject({ last: 22, limit: 22 });
  });

  it("publishes nothing for ticks that it has admitted before", () => {
    const lease = leaseOf(10, 20);
    const window = openShardWindow(lease);
    window.admit(18);
    expect(window.admit(12)).toBe(12);
    expect(window.admit(9)).toBe(9);
    expect(readSlot(lease.slot).last).toBe(18);
  });

  it("lets an admitted tick be finished after the slot was closed, and nothing above", () => {
    const lease = leaseOf(10, 20);
    const window = openShardWindow(lease);
    window.admit(15);
    expect(closeSlot(lease.slot)).toBe(15);
    expect(window.admit(15)).toBe(15);
    expect(() => window.admit(16)).toThrow(expect.objectContaining({ name: "LeaseLostError", code: "LEASE_LOST" }));
    // What was refused stays refused, although it was published.
    expect(() => window.admit(16)).toThrow(expect.objectContaining({ code: "LEASE_LOST" }));
  });

  it("tells whoever waits at the end of a window that it was closed", () => {
    const lease = leaseOf(10, 20);
    const window = openShardWindow(lease);
    expect(window.admit(25)).toBe(20);
    closeSlot(lease.slot);
    expect(window.admit(20)).toBe(20);
    expect(() => window.admit(25)).toThrow(expect.objectContaining({ code: "LEASE_LOST" }));
  });

  it("shows a floor that was raised, also before it was opened, and none that is lower", () => {
    const lease = leaseOf(10, 20);
    raiseFloor(lease.slot, 12);
    const window = openShardWindow(lease);
    expect(window.floor).toBe(12);
    raiseFloor(lease.slot, 15);
    raiseFloor(lease.slot, 11);
    expect(window.floor).toBe(15);
    expect(window.admit(18)).toBe(18);
    expect(window.floor).toBe(15);
  });

  it("opens once, whoever asks", () => {
    const lease = leaseOf(10, 20);
    openShardWindow(lease);
    expect(() => openShardWindow({ ...lease })).toThrow(expect.objectContaining({ code: "TICKET_USED" }));
  });

  it("does not open on a closed slot", () => {
    const lease = leaseOf(10, 20);
    closeSlot(lease.slot);
    expect(() => openShardWindow(lease)).toThrow(expect.objectContaining({ code: "LEASE_LOST" }));
  });

  it("refuses what is no lease", () => {
    const none = { ...leaseOf(1, 2), slot: new ArrayBuffer(48) } as unknown as Lease;
    expect(() => openShardWindow(none)).toThrow(expect.objectContaining({ code: "TICKET_INVALID" }));
  });

  it("hands its last tick to a taker in another thread: nothing above it was ever admitted", async () => {
    const { href } = new URL("../../dist/slot/slot-window.js", import.meta.url);
    const source = `
      import { parentPort, workerData } from "node:worker_threads";
      const { openShardWindow } = await import(${JSON.stringify(href)});
      for (const lease of workerData) {
        const window = openShardWindow(lease);
        let last = 0;
        parentPort.postMessage("open");
        try {
          for (let tick = 1; ; tick++) last = window.admit(tick);
        } catch (error) {
          parentPort.postMessage({ code: error.code, last });
        }
      }
    `;
    const leases = Array.from({ length: 100 }, () => leaseOf(0, Number.MAX_SAFE_INTEGER));
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), { workerData: leases });
    let round = 0;
    let taken = 0;
    await new Promise<void>((resolve, reject) => {
      worker.on("error", reject);
      worker.on("message", (message: "open" | { code: string; last: number }) => {
        if (message === "open") {
          const until = performance.now() + Math.random();
          while (performance.now() < until) {}
          taken = closeSlot(leases[round]!.slot);
          return;
        }
        expect(message.code).toBe("LEASE_LOST");
        // The holder may have published one tick more before it saw that it was closed; the taker starts above that.
        expect(message.last).toBeLessThanOrEqual(taken);
        if (++round === leases.length) resolve();
      });
    });
    await worker.terminate();
  });
});
