import { defineLayout } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planAcquire } from "../../src/register/acquire.js";
import { machineNumber } from "../../src/register/machine-id.js";
import { anyRegisters, basisOf, claimed, free, LAYOUT, NOW_MS, request, TICK } from "./namespace.js";

describe("acquire", () => {
  it("takes all or none, never a claimed one, never one of backfill, and starts at the limit it replaces or above", () => {
    fc.assert(
      fc.property(anyRegisters, fc.integer({ min: 1, max: 8 }), (registers, count) => {
        const plan = planAcquire(basisOf(registers), request(count));
        const eligible = 8 - registers.filter((r) => r.claimed || r.register.purpose === "backfill").length;
        const ready =
          eligible -
          registers.filter((r) => !r.claimed && r.register.purpose === "live" && r.register.limit >= TICK).length;
        expect(plan.kind).toBe(ready >= count ? "write" : eligible >= count ? "floor-ahead" : "taken");
        if (plan.kind !== "write") return;
        expect(plan.writes).toHaveLength(count);
        expect(new Set(plan.writes.map((write) => machineNumber(LAYOUT, write))).size).toBe(count);
        for (const write of plan.writes) {
          const before = registers.find((r) => machineNumber(LAYOUT, r) === machineNumber(LAYOUT, write));
          expect(before?.claimed ?? false).toBe(false);
          expect(before?.register.purpose ?? "live").toBe("live");
          expect(write.expectedVersion).toBe(before?.version ?? 0);
          expect(write.register).toEqual({
            ...{ holder: "me", generation: (before?.register.generation ?? 0) + 1, purpose: "live", nonce: "nonce-2" },
            ...{
              floor: Math.max(before?.register.limit ?? 0, TICK - 10_000),
              limit: TICK + 6000,
              lapseMs: 12_000,
              writtenMs: NOW_MS,
            },
          });
        }
      }),
    );
  });

  it("prefers what was used before, then the lowest untouched number", () => {
    const plan = planAcquire(basisOf([free(2), claimed(0)]), request(3));
    expect(plan).toMatchObject({ kind: "write", writes: [{ machineId: 2 }, { machineId: 1 }, { machineId: 3 }] });
  });

  it("looks at more registers after each conflict, in blocks of as many as it wants", () => {
    const wide = defineLayout({ datacenterBits: 0, machineBits: 10, epoch: 0 });
    const firstAfter = (conflicts: number) =>
      new Set(
        Array.from({ length: 2000 }, (_, nth) => {
          const plan = planAcquire(basisOf([], { layout: wide, chance: nth / 2000 }), { ...request(3), conflicts });
          const ids = plan.kind === "write" ? plan.writes.map(({ machineId }) => machineId) : [];
          expect(ids).toEqual([ids[0], ids[0]! + 1, ids[0]! + 2]);
          return ids[0]!;
        }),
      );
    expect([...firstAfter(0)]).toEqual([0]);
    expect([...firstAfter(1)].sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, block) => 3 * block));
    expect(firstAfter(9).size).toBeGreaterThan(330);
  });

  it("keeps to the machine IDs that may be taken", () => {
    const among = [
      { datacenterId: 1, machineId: 3 },
      { datacenterId: 1, machineId: 1 },
    ];
    const plan = planAcquire(basisOf([free(0)]), { ...request(2), among });
    expect(plan).toMatchObject({
      kind: "write",
      writes: [
        { machineId: 1, datacenterId: 1 },
        { machineId: 3, datacenterId: 1 },
      ],
    });
    const unknown = { ...request(1), among: [{ datacenterId: 2, machineId: 0 }] };
    expect(() => planAcquire(basisOf(), unknown)).toThrow(expect.objectContaining({ code: "MACHINE_ID_INVALID" }));
  });

  it("says how long until enough floors are passed", () => {
    const registers = Array.from({ length: 8 }, (_, number) => {
      const fields = { limit: TICK + 10 * number, floor: 0 };
      return { ...free(number % 4, fields), datacenterId: Math.floor(number / 4) };
    });
    expect(planAcquire(basisOf(registers), request(3))).toEqual({ kind: "floor-ahead", free: 0, waitMs: 21 });
    const later = basisOf(registers, { nowMs: NOW_MS + 21 });
    expect(planAcquire(later, request(3)).kind).toBe("write");
  });

  it("does not walk through a wide layout", () => {
    const wide = defineLayout({ timestampBits: 31, datacenterBits: 16, machineBits: 16, sequenceBits: 0, epoch: 0 });
    // A walk through four billion machine IDs would end by the time-out of tests.
    expect(planAcquire(basisOf([], { layout: wide }), request(2)).kind).toBe("write");
  });

  it("refuses a clock too far ahead, and a lifetime that is over", () => {
    const ahead = basisOf([], { storeNowMs: NOW_MS - 86_400_000 });
    expect(() => planAcquire(ahead, request(1))).toThrow(expect.objectContaining({ code: "CLOCK_AHEAD" }));
    const over = basisOf([], { nowMs: LAYOUT.lifetimeEndMs, storeNowMs: LAYOUT.lifetimeEndMs });
    expect(() => planAcquire(over, request(1))).toThrow(expect.objectContaining({ code: "LIFETIME_OVER" }));
    const lastMs = LAYOUT.lifetimeEndMs - 1;
    const last = basisOf([], { nowMs: lastMs, storeNowMs: lastMs });
    expect(planAcquire(last, request(1))).toMatchObject({ writes: [{ register: { limit: LAYOUT.maxTick } }] });
  });

  it("takes nothing before the epoch", () => {
    const early = basisOf([], { nowMs: -5000, storeNowMs: -5000 });
    expect(planAcquire(early, request(1))).toEqual({ kind: "floor-ahead", free: 0, waitMs: 5001 });
  });
});
