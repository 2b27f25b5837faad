import { defineLayout } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineNumber } from "../../src/register/machine-id.js";
import { planRaise } from "../../src/register/raise.js";
import { anyRegisters, basisOf, LAYOUT, NOW_MS, TICK } from "./namespace.js";

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
