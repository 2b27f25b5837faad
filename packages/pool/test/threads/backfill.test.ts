import { parseDecimal } from "@shardflake/core";
import type { Backfill, Pool } from "@shardflake/pool";
import { describe, expect, it } from "vitest";
import { codeOf, distinct, isAscending, LAYOUT, machinesOf, newStore, openPool, sectionsOf } from "./pools.js";

const FROM_MS = Date.UTC(2023, 4, 1);
const DAY_MS = 86_400_000;

type BackfillWork = Backfill extends infer Each ? (Each extends Backfill ? Omit<Each, "format"> : never) : never;

async function backfill(pool: Pool, work: BackfillWork): Promise<bigint[]> {
  const pieces: Buffer[] = [];
  const delivered = await pool.backfill((slices) => void pieces.push(...slices.map((slice) => Buffer.from(slice))), {
    ...work,
    format: "text",
  } as Backfill);
  const ids = Buffer.concat(pieces).toString().trimEnd().split("\n").map(parseDecimal);
  expect(delivered.count).toBe(ids.length);
  return ids;
}

function timesOf(ids: readonly bigint[]): number[] {
  return ids.map((id) => sectionsOf(id).timestampMs);
}

describe("a backfill of a period", () => {
  it("spreads its IDs evenly over it, in the order of time", async () => {
    const pool = await openPool();
    const count = 200_000;
    const ids = await backfill(pool, { fromMs: FROM_MS, toMs: FROM_MS + DAY_MS, count });
    expect(ids).toHaveLength(count);
    expect(isAscending(ids)).toBe(true);
    timesOf(ids).forEach((timeMs, i) => {
      const expectedMs = FROM_MS + (i * DAY_MS) / count;
      if (Math.abs(timeMs - expectedMs) >= LAYOUT.tickMs) expect(timeMs).toBe(expectedMs);
    });
  });

  it("takes as many machine IDs as its fullest tick needs", async () => {
    const pool = await openPool();
    const ids = await backfill(pool, { fromMs: FROM_MS, toMs: FROM_MS + 10, count: 100_000 });
    expect(isAscending(ids)).toBe(true);
    expect(machinesOf(ids).size).toBe(Math.ceil(10_000 / LAYOUT.idsPerTick));
    expect(new Set(timesOf(ids)).size).toBe(10);
  });

  it("that was done before goes to another machine ID: no ID twice, nor one of the live ones", async () => {
    const pool = await openPool();
    const period = { fromMs: FROM_MS, toMs: FROM_MS + 1000, count: 5000 };
    const live = await pool.generate(10_000);
    const [first, second] = [await backfill(pool, period), await backfill(pool, period)];
    expect(machinesOf(first)).not.toEqual(machinesOf(second));
    const machines = [live, first, second].map((ids) => machinesOf(ids));
    const used = machines.flatMap((each) => [...each]);
    expect(new Set(used).size).toBe(used.length);
    expect(distinct(live, first, second)).toBe(20_000);
  });

  it("that comes later uses the machine ID again", async () => {
    const pool = await openPool();
    const first = await backfill(pool, { fromMs: FROM_MS, toMs: FROM_MS + 1000, count: 10 });
    const second = await backfill(pool, { fromMs: FROM_MS + 1000, toMs: FROM_MS + 2000, count: 10 });
    expect(machinesOf(second)).toEqual(machinesOf(first));
    expect(isAscending([...first, ...second])).toBe(true);
  });

  it("leaves its period spent when it fails half way, for the pool that comes after it, too", async () => {
    const store = newStore();
    const period = { fromMs: FROM_MS, toMs: FROM_MS + 1000, count: 500_000 };
    const pool = await openPool({ store });
    const full = new Error("disk full");
    let received: Buffer | undefined;
    const receive = (slices: readonly Uint8Array[]): void => {
      if (received !== undefined) throw full;
      received = Buffer.concat(slices);
    };
    await expect(pool.backfill(receive, { ...period, format: "text" })).rejects.toBe(full);
    await pool.close();
    const partial = received!.toString().trimEnd().split("\n").map(parseDecimal);
    expect(partial.length).toBeGreaterThan(0);
    const again = await backfill(await openPool({ store }), period);
    const spent = machinesOf(partial);
    expect([...machinesOf(again)].filter((machine) => spent.has(machine))).toEqual([]);
    expect(distinct(partial, again)).toBe(partial.length + again.length);
  });

  it("can be aborted half way", async () => {
    const pool = await openPool();
    const controller = new AbortController();
    const enough = new Error("enough");
    const work = { fromMs: FROM_MS, toMs: FROM_MS + DAY_MS, count: 5_000_000, signal: controller.signal };
    const running = pool.backfill(() => controller.abort(enough), { ...work, format: "text" });
    await expect(running).rejects.toBe(enough);
    expect(await pool.generate(10)).toHaveLength(10);
  });

  it("waits for a machine ID no longer than its signal, or its pool", async () => {
    const pool = await openPool({ shards: 1, datacenterId: 0, machineIds: [0], waitMs: 3_600_000 });
    const controller = new AbortController();
    const work = { fromMs: FROM_MS, toMs: FROM_MS + 1000, count: 10, format: "text" } as const;
    const given = pool.backfill(() => {}, { ...work, signal: controller.signal });
    const left = codeOf(pool.backfill(() => {}, work));
    // Answered after both have asked and found none free.
    await pool.registers();
    const enough = new Error("enough");
    controller.abort(enough);
    await expect(given).rejects.toBe(enough);
    await pool.close();
    expect(await left).toBe("POOL_CLOSED");
  });

  it("that cannot be is refused, and spends nothing", async () => {
    const pool = await openPool({ shards: 1 });
    const refused = async (fromMs: number, toMs: number, count: number) =>
      codeOf(pool.backfill(() => {}, { fromMs, toMs, count, format: "text" }));
    expect(await refused(FROM_MS, Date.now() + DAY_MS, 10)).toBe("BACKFILL_FUTURE");
    expect(await refused(FROM_MS, FROM_MS - 1, 10)).toBe("PERIOD_INVALID");
    expect(await refused(FROM_MS, FROM_MS, 10)).toBe("PERIOD_INVALID");
    expect(await refused(0, FROM_MS, 10)).toBe("PERIOD_INVALID");
    expect(await refused(FROM_MS, FROM_MS + 1, LAYOUT.machines * LAYOUT.idsPerTick + 1)).toBe("PERIOD_INVALID");
    expect(await refused(FROM_MS, FROM_MS + 1, -1)).toBe("COUNT_INVALID");
    expect((await pool.registers()).filter(({ register }) => register.purpose === "backfill")).toEqual([]);
  });
});

describe("a backfill of rows", () => {
  it("gives every row an ID of its own with the row's time, in the order of the rows", async () => {
    const pool = await openPool({ shards: 1 });
    // Neither sorted nor different: three rows in four share their time with others.
    const timesMs = Float64Array.from({ length: 50_000 }, (_, row) => FROM_MS + ((row * 7919) % 12_500));
    const ids = await backfill(pool, { timesMs });
    expect(timesOf(ids)).toEqual([...timesMs]);
    expect(distinct(ids)).toBe(50_000);
  });

  it("takes more machine IDs where more rows share a tick than one can number", async () => {
    const pool = await openPool({ shards: 1 });
    const ids = await backfill(pool, { timesMs: Array.from({ length: 10_000 }, () => FROM_MS) });
    expect(distinct(ids)).toBe(10_000);
    expect(machinesOf(ids).size).toBe(3);
  });

  it.each([Number.NaN, 0, -1])("with a time that is none (%d) names the row", async (timeMs) => {
    const pool = await openPool({ shards: 1 });
    const work: Backfill = { timesMs: [FROM_MS, timeMs], format: "text" };
    await expect(pool.backfill(() => {}, work)).rejects.toMatchObject({
      code: "PERIOD_INVALID",
      message: expect.stringContaining("row 2"),
    });
  });
});
