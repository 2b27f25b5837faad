import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planAcquire } from "../../src/register/acquire.js";
import { planBackfill, planReserve } from "../../src/register/backfill.js";
import { machineNumber } from "../../src/register/machine-id.js";
import { anyRegisters, basisOf, claimed, free, LAYOUT, request, TICK } from "./namespace.js";

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
    const aside = free(1, { purpose: "backfill", limit: 500, floor: 0 });
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
    const plan = planReserve(basisOf([free(0)]), 7);
    if (plan.kind !== "write") throw new Error(plan.kind);
    expect(plan.writes[0]).toMatchObject({
      datacenterId: 1,
      machineId: 3,
      register: { purpose: "backfill", holder: null },
    });
    const after = plan.writes.map((write) => ({ ...write, version: 1, claimed: false }));
    expect(planAcquire(basisOf([claimed(0), ...after]), request(1)).kind).toBe("taken");
    expect(planBackfill(basisOf(after), { ...request(7), ...period }).kind).toBe("write");
    expect(planReserve(basisOf(after), 2)).toMatchObject({ kind: "taken", free: 1 });
  });
});
