import { describe, expect, it } from "vitest";
import { PLACED } from "./placed-clock.mjs";
import { codeOf, isAscending, openPool, sectionsOf } from "./pools.js";
import { steering } from "./steered-clock.mjs";

describe("the control of a shard", () => {
  it("tells its clock, also between the tasks of a busy batch", async () => {
    const pool = await openPool();
    const control = await pool.control(0);
    const beforeMs = Date.now();
    const batch = pool.generate(1_000_000);
    const inspections = [await control.inspect(), await control.inspect(), await control.inspect()];
    await batch;
    for (const { nowMs, stepsSeen } of inspections) {
      expect(nowMs).toBeGreaterThanOrEqual(beforeMs);
      expect(stepsSeen).toBe(0);
    }
    expect((await control.inspect()).openRequests).toBe(0);
  });

  it("shows a clock that knows whose it is", async () => {
    const { aheadMs } = PLACED.options;
    const pool = await openPool({ clock: PLACED, shards: 2 });
    const nowMs = await Promise.all([0, 1].map(async (shard) => (await (await pool.control(shard)).inspect()).nowMs));
    expect(Math.round((nowMs[1]! - nowMs[0]!) / aheadMs)).toBe(1);
    expect(Math.round((nowMs[0]! - Date.now()) / aheadMs)).toBe(1);
  });

  it("answers in the middle of an endless stream that is read as fast as it comes", async () => {
    const pool = await openPool();
    const control = await pool.control(0);
    let chunks = 0;
    let isWanted = true;
    const reading = (async () => {
      for await (const _ of pool.stream()) {
        chunks++;
        if (!isWanted) break;
      }
    })();
    while (chunks < 3) await control.inspect();
    const before = chunks;
    for (let ask = 0; ask < 10; ask++) await control.inspect();
    // Without turns between tasks hundreds would come first.
    expect(chunks - before).toBeLessThan(200);
    isWanted = false;
    await reading;
  });

  it("swaps its clock: the IDs follow it ahead, and stay above all before when it goes back", async () => {
    const pool = await openPool({ shards: 1 });
    const control = await pool.control(0);
    const before = await pool.generate(1000);
    const ahead = steering();
    ahead.setOffsetMs(2000);
    await control.swapClock(ahead.spec);
    const during = await pool.generate(1000);
    expect(sectionsOf(during[0]!).tick - sectionsOf(before[0]!).tick).toBeGreaterThanOrEqual(2000);
    await control.swapClock(null);
    const after = await pool.generate(1000);
    expect(isAscending([...before, ...during, ...after])).toBe(true);
    expect((await control.inspect()).stepsSeen).toBe(1);
    expect(pool.stats().shards[0]!.lanes[0]!.stepsSeen).toBe(1);
  });

  it("refuses a clock that cannot be had, and keeps the old one", async () => {
    const pool = await openPool({ shards: 1 });
    const control = await pool.control(0);
    await expect(control.swapClock({ module: "node:path", export: "none", options: null })).rejects.toThrow(/none/);
    expect(await pool.generate(10)).toHaveLength(10);
  });

  it("of a shard that is not there is refused", async () => {
    const pool = await openPool();
    for (const shard of [-1, 2, 0.5]) expect(await codeOf(pool.control(shard)), String(shard)).toBe("OPTION_INVALID");
  });
});

describe("a clock that is set back by an hour under a running pool", () => {
  it("costs no machine ID, however often somebody asks, and all goes on when it is set right", async () => {
    const clock = steering();
    const pool = await openPool({ shards: 1, clock: clock.spec, waitMs: 100 });
    const first = await pool.next();
    const claimed = async () => (await pool.registers()).filter((register) => register.claimed).length;
    const before = await claimed();
    clock.setOffsetMs(-3_600_000);
    for (let ask = 0; ask < 5; ask++) expect(await codeOf(pool.next())).toBe("CLOCK_STEPPED_BACK");
    expect(await codeOf(pool.generate(10))).toBe("CLOCK_STEPPED_BACK");
    for (let ask = 0; ask < 3; ask++) expect(await codeOf(pool.claim())).not.toBeTypeOf("object");
    expect(await claimed()).toBe(before);
    clock.setOffsetMs(0);
    const next = await pool.next();
    expect(sectionsOf(next).machineId).toBe(sectionsOf(first).machineId);
    expect(next).toBeGreaterThan(first);
    expect(await pool.generate(10)).toHaveLength(10);
  });
});
