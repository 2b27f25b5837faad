import { describe, expect, it } from "vitest";
import { planForceRelease, planRelease } from "../../src/register/release.js";
import { basisOf, claimed } from "./namespace.js";

describe("release", () => {
  it("leaves the last tick issued as the limit, never below the floor", () => {
    const held = claimed(0, { floor: 100, limit: 900, holder: "me", generation: 3 });
    expect(planRelease(basisOf(), held, 500).register).toMatchObject({ limit: 500, holder: null, generation: 4 });
    expect(planRelease(basisOf(), held, 0).register).toMatchObject({ limit: 100, floor: 100 });
  });

  it("leaves a backfill period spent as a whole", () => {
    const held = claimed(0, { floor: 100, limit: 900, purpose: "backfill" });
    expect(planRelease(basisOf(), held, 500).register.limit).toBe(900);
  });

  it("by force lowers nothing", () => {
    const held = claimed(0, { floor: 100, limit: 900, generation: 3 });
    expect(planForceRelease(basisOf(), held).register).toMatchObject({
      floor: 100,
      limit: 900,
      holder: null,
      generation: 4,
    });
  });
});
