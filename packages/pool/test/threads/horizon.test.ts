import { decompose } from "@shardflake/core";
import { describe, expect, it } from "vitest";
import { codeOf, LAYOUT, newEmbeddedStore, openPool } from "./pools.js";

describe("the horizon of a pool", () => {
  it("is above nothing that is issued later, by any thread of any pool of the namespace, and follows the clock", async () => {
    const store = newEmbeddedStore();
    const [one, other] = [
      await openPool({ store, windowMs: 300 }),
      await openPool({ store, shards: 1, windowMs: 300 }),
    ];
    const first = await one.horizon();
    let horizon = first;
    for (let round = 0; horizon === first || round < 5; round++) {
      const [local, [lowest], [elsewhere]] = await Promise.all([one.next(), one.generate(10_000), other.generate(100)]);
      for (const id of [local, lowest!, elsewhere!]) expect(id).toBeGreaterThanOrEqual(horizon);
      const later = await other.horizon();
      expect(later).toBeGreaterThanOrEqual(horizon);
      horizon = later;
    }
    const { tick, sequence, machineId, timestampMs } = decompose(LAYOUT, horizon);
    expect([tick > 0, sequence, machineId]).toEqual([true, 0, 0]);
    expect(timestampMs).toBeLessThan(Date.now());
  }, 20_000);

  it("never falls, and is asked for once where many ask at the same time", async () => {
    const pool = await openPool({ shards: 0 });
    const horizons = await Promise.all(Array.from({ length: 50 }, () => pool.horizon()));
    expect(new Set(horizons).size).toBe(1);
    expect(await pool.horizon()).toBeGreaterThanOrEqual(horizons[0]!);
    await pool.close();
    expect(await codeOf(pool.horizon())).toBe("POOL_CLOSED");
  });
});
