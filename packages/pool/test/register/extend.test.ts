import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planExtend } from "../../src/register/extend.js";
import { basisOf, claimed, NOW_MS, TICK } from "./namespace.js";

describe("extend", () => {
  it("never lowers a limit or floor, raises the floor behind the clock, and keeps generation and holder", () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(2_000_000), fc.nat(100), (limit, nowMs, behind) => {
        const floor = Math.floor(limit / 2);
        const held = claimed(0, { limit, floor, holder: "me", generation: 3 });
        const { write } = planExtend(basisOf([], { nowMs, storeNowMs: nowMs }), held, Math.max(0, limit - behind));
        expect(write.register.limit).toBeGreaterThanOrEqual(limit);
        expect(write.register).toMatchObject({ floor: Math.max(floor, nowMs - 10_000), generation: 3, holder: "me" });
        expect(write.expectedVersion).toBe(5);
      }),
    );
  });

  it("runs one window ahead of the clock, or of the last tick", () => {
    const held = claimed(0, { limit: TICK });
    expect(planExtend(basisOf(), held, 0).write.register.limit).toBe(TICK + 6000);
    expect(planExtend(basisOf(), held, TICK + 100).write.register.limit).toBe(TICK + 6100);
  });

  it("refuses a limit more than a day ahead of the store's clock, and renews the claim", () => {
    const ahead = basisOf([], { nowMs: NOW_MS + 86_400_000 });
    const plan = planExtend(ahead, claimed(0, { limit: TICK }), 0);
    expect(plan.limit).toBe("refused");
    expect(plan.write.register).toMatchObject({ limit: TICK, nonce: "nonce-2" });
  });
});
