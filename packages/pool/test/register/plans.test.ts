import { defineLayout, tickAt } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planAcquire } from "../../src/register/acquire.js";
import { planBackfill, planReserve } from "../../src/register/backfill.js";
import { planExtend } from "../../src/register/extend.js";
import { machineNumber } from "../../src/register/machine-id.js";
import type { PlanBasis } from "../../src/register/plan.js";
import { planRaise } from "../../src/register/raise.js";
import type { Register, StoredRegister } from "../../src/register/register.js";
import { planForceRelease, planRelease } from "../../src/register/release.js";
import { HELD } from "../store/registers.js";

const LAYOUT = defineLayout({ datacenterBits: 1, machineBits: 2, epoch: 0 });
const NOW_MS = 1_000_000;
const TICK = tickAt(LAYOUT, NOW_MS);

function basisOf(registers: readonly StoredRegister[] = [], fields: Partial<PlanBasis> = {}): PlanBasis {
  return {
    ...{
      layout: LAYOUT,
      registers,
      nowMs: NOW_MS,
      storeNowMs: NOW_MS,
      windowMs: 6000,
      maxLeadMs: 86_400_000,
      marginMs: 10_000,
    },
    nonce: "nonce-2",
    chance: 0.5,
    ...fields,
  };
}

function stored(machineId: number, fields: Partial<Register> = {}, claimed = false): StoredRegister {
  const register = { ...HELD, holder: claimed ? "somebody" : null, ...fields };
  return { datacenterId: 0, machineId, register, version: 5, claimed };
}

const request = (count: number) => ({ count, among: null, holder: "me", conflicts: 0 });

/** Any state of the namespace's registers. */
const anyRegisters: fc.Arbitrary<StoredRegister[]> = fc
  .array(
    fc.option(
      fc.record({
        limit: fc.integer({ min: TICK - 20, max: TICK + 20 }),
        purpose: fc.constantFrom("live" as const, "backfill" as const),
        claimed: fc.boolean(),
        generation: fc.integer({ min: 1, max: 99 }),
      }),
    ),
    { minLength: 8, maxLength: 8 },
  )
  .map((all) =>
    all.flatMap((fields, number) => {
      if (fields === null) return [];
      const { limit, purpose, claimed, generation } = fields;
      const one = stored(number % 4, { limit, purpose, generation, floor: limit - 5 }, claimed);
      return [{ ...one, datacenterId: Math.floor(number / 4) }];
    }),
  );

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
    const plan = planAcquire(basisOf([stored(2), stored(0, {}, true)]), request(3));
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
    const plan = planAcquire(basisOf([stored(0)]), { ...request(2), among });
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
      return { ...stored(number % 4, fields), datacenterId: Math.floor(number / 4) };
    });
    expect(planAcquire(basisOf(registers), request(3))).toEqual({ kind: "floor-ahead", free: 0, waitMs: 21 });
    const later = basisOf(registers, { nowMs: NOW_MS + 21 });
    expect(planAcquire(later, request(3)).kind).toBe("write");
  });

  it("does not walk through a wide layout", () => {
    const wide = defineLayout({ timestampBits: 31, datacenterBits: 16, machineBits: 16, sequenceBits: 0, epoch: 0 });
    const startedMs = performance.now();
    expect(planAcquire(basisOf([], { layout: wide }), request(2)).kind).toBe("write");
    expect(performance.now() - startedMs).toBeLessThan(100);
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

describe("extend", () => {
  it("never lowers a limit or floor, raises the floor behind the clock, and keeps generation and holder", () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(2_000_000), fc.nat(100), (limit, nowMs, behind) => {
        const floor = Math.floor(limit / 2);
        const held = stored(0, { limit, floor, holder: "me", generation: 3 }, true);
        const { write } = planExtend(basisOf([], { nowMs, storeNowMs: nowMs }), held, Math.max(0, limit - behind));
        expect(write.register.limit).toBeGreaterThanOrEqual(limit);
        expect(write.register).toMatchObject({ floor: Math.max(floor, nowMs - 10_000), generation: 3, holder: "me" });
        expect(write.expectedVersion).toBe(5);
      }),
    );
  });

  it("runs one window ahead of the clock, or of the last tick", () => {
    const held = stored(0, { limit: TICK }, true);
    expect(planExtend(basisOf(), held, 0).write.register.limit).toBe(TICK + 6000);
    expect(planExtend(basisOf(), held, TICK + 100).write.register.limit).toBe(TICK + 6100);
  });

  it("refuses a limit more than a day ahead of the store's clock, and renews the claim", () => {
    const ahead = basisOf([], { nowMs: NOW_MS + 86_400_000 });
    const plan = planExtend(ahead, stored(0, { limit: TICK }, true), 0);
    expect(plan.limit).toBe("refused");
    expect(plan.write.register).toMatchObject({ limit: TICK, nonce: "nonce-2" });
  });
});

describe("release", () => {
  it("leaves the last tick issued as the limit, never below the floor", () => {
    const held = stored(0, { floor: 100, limit: 900, holder: "me", generation: 3 }, true);
    expect(planRelease(basisOf(), held, 500).register).toMatchObject({ limit: 500, holder: null, generation: 4 });
    expect(planRelease(basisOf(), held, 0).register).toMatchObject({ limit: 100, floor: 100 });
  });

  it("leaves a backfill period spent as a whole", () => {
    const held = stored(0, { floor: 100, limit: 900, purpose: "backfill" }, true);
    expect(planRelease(basisOf(), held, 500).register.limit).toBe(900);
  });

  it("by force lowers nothing", () => {
    const held = stored(0, { floor: 100, limit: 900, generation: 3 }, true);
    expect(planForceRelease(basisOf(), held).register).toMatchObject({
      floor: 100,
      limit: 900,
      holder: null,
      generation: 4,
    });
  });
});

describe("backfill", () => {
  const period = { afterTick: 1000, toTick: 2000 };

  it("takes only what was never live, spends the whole period, and starts above what was spent before", () => {
    fc.assert(
      fc.property(
        anyRegisters,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: TICK - 25, max: TICK - 1 }),
        (registers, count, afterTick) => {
          const plan = planBackfill(basisOf(registers), { ...request(count), afterTick, toTick: TICK });
          const untouched = 8 - registers.length;
          const ready = registers.filter(
            (r) => r.register.purpose === "backfill" && !r.claimed && r.register.limit <= afterTick,
          );
          expect(plan.kind).toBe(ready.length + untouched >= count ? "write" : "taken");
          if (plan.kind !== "write") return;
          for (const write of plan.writes) {
            const before = registers.find((r) => machineNumber(LAYOUT, r) === machineNumber(LAYOUT, write));
            expect(before?.register.purpose ?? "backfill").toBe("backfill");
            expect(before?.claimed ?? false).toBe(false);
            expect(write.register).toMatchObject({ floor: afterTick, limit: TICK, purpose: "backfill", holder: "me" });
            expect(write.register.floor).toBeGreaterThanOrEqual(before?.register.limit ?? 0);
            expect(write.register.generation).toBe((before?.register.generation ?? 0) + 1);
          }
        },
      ),
    );
  });

  it("prefers what was set aside, then the highest untouched number", () => {
    const aside = stored(1, { purpose: "backfill", limit: 500, floor: 0 });
    const plan = planBackfill(basisOf([aside]), { ...request(2), ...period });
    expect(plan).toMatchObject({ kind: "write", writes: [{ machineId: 1 }, { datacenterId: 1, machineId: 3 }] });
  });

  it("must not end after now", () => {
    const future = { ...request(1), afterTick: 1000, toTick: TICK + 1 };
    expect(() => planBackfill(basisOf(), future)).toThrow(expect.objectContaining({ code: "BACKFILL_FUTURE" }));
    expect(planBackfill(basisOf(), { ...future, toTick: TICK }).kind).toBe("write");
  });

  it.each([
    [5, 5],
    [6, 5],
    [-1, 5],
    [0.5, 5],
    [0, 2 ** 53],
  ])("refuses the period (%d, %d]", (afterTick, toTick) => {
    const wrong = { ...request(1), afterTick, toTick };
    expect(() => planBackfill(basisOf(), wrong)).toThrow(expect.objectContaining({ code: "BACKFILL_INVALID" }));
  });

  it("is served by registers that were set aside, which never become live", () => {
    const plan = planReserve(basisOf([stored(0)]), 7);
    if (plan.kind !== "write") throw new Error(plan.kind);
    expect(plan.writes[0]).toMatchObject({
      datacenterId: 1,
      machineId: 3,
      register: { purpose: "backfill", holder: null },
    });
    const after = plan.writes.map((write) => ({ ...write, version: 1, claimed: false }));
    expect(planAcquire(basisOf([stored(0, {}, true), ...after]), request(1)).kind).toBe("taken");
    expect(planBackfill(basisOf(after), { ...request(7), ...period }).kind).toBe("write");
    expect(planReserve(basisOf(after), 2)).toMatchObject({ kind: "taken", free: 1 });
  });
});

describe("raising every floor", () => {
  it("spends every register up to the time, lowers no limit, ends every claim and leaves none untouched", () => {
    fc.assert(
      fc.property(anyRegisters, fc.integer({ min: -30, max: 30 }), (registers, offset) => {
        const writes = planRaise(basisOf(registers), NOW_MS + offset);
        expect(writes.map((write) => machineNumber(LAYOUT, write))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
        for (const write of writes) {
          const before = registers.find((r) => machineNumber(LAYOUT, r) === machineNumber(LAYOUT, write));
          expect(write.expectedVersion).toBe(before?.version ?? 0);
          expect(write.register).toMatchObject({
            holder: null,
            generation: (before?.register.generation ?? 0) + 1,
            limit: Math.max(before?.register.limit ?? 0, TICK + offset),
            purpose: before?.register.purpose ?? "live",
          });
        }
      }),
    );
  });

  it("refuses a time further ahead than a limit may be, and more registers than one write takes", () => {
    const refused = expect.objectContaining({ code: "OPTION_INVALID" });
    expect(() => planRaise(basisOf(), NOW_MS + 86_400_001)).toThrow(refused);
    const wide = defineLayout({ timestampBits: 31, datacenterBits: 16, machineBits: 16, sequenceBits: 0, epoch: 0 });
    expect(() => planRaise(basisOf([], { layout: wide }), NOW_MS)).toThrow(refused);
  });
});
