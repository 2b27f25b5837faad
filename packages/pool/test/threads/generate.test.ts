import { describe, expect, it } from "vitest";
import { codeOf, distinct, isAscending, joined, LAYOUT, machinesOf, openPool, sectionsOf } from "./pools.js";

describe("a batch", () => {
  it("of any count is as many IDs, ascending", async () => {
    const pool = await openPool();
    for (const count of [0, 1, 4095, 4096, 4097, 300_000]) {
      const ids = await pool.generate(count);
      expect(ids).toHaveLength(count);
      expect(isAscending(ids)).toBe(true);
    }
  });

  it("beside many others is no reason for Node to warn", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on("warning", onWarning);
    const pool = await openPool();
    const batches = await Promise.all(Array.from({ length: 30 }, () => pool.generate(10)));
    process.off("warning", onWarning);
    expect(distinct(...batches)).toBe(300);
    expect(warnings).toEqual([]);
  });

  it("carries the machine IDs of all shards and lanes, and of nobody else", async () => {
    const pool = await openPool({ shards: 2, lanes: 3, datacenterId: 7, machineIds: [1, 3, 5, 8, 13, 21] });
    const machines = new Set<string>();
    // A shard that is late leaves its share of one batch to the others, but not for ever.
    for (let batches = 0; machines.size < 6 && batches < 20; batches++) {
      const ids = await pool.generate(200_000);
      expect(isAscending(ids)).toBe(true);
      for (const machine of machinesOf(ids)) machines.add(machine);
    }
    expect(machines).toEqual(new Set(["7/1", "7/3", "7/5", "7/8", "7/13", "7/21"]));
    expect(pool.leases.map(({ machineId }) => machineId).sort((a, b) => a - b)).toEqual([1, 3, 5, 8, 13, 21]);
  });

  it("is stamped with times inside its request, and the next one starts no earlier", async () => {
    const pool = await openPool();
    let lastTick = 0;
    for (let batch = 0; batch < 5; batch++) {
      const requestedMs = Date.now();
      const ids = await pool.generate(50_000);
      const completedMs = Date.now();
      expect(sectionsOf(ids[0]!).timestampMs).toBeGreaterThanOrEqual(requestedMs);
      expect(sectionsOf(ids.at(-1)!).timestampMs).toBeLessThanOrEqual(completedMs);
      expect(sectionsOf(ids[0]!).tick).toBeGreaterThanOrEqual(lastTick);
      lastTick = sectionsOf(ids.at(-1)!).tick;
    }
  });

  it("fits a small layout too: it takes the ticks it needs", async () => {
    const pool = await openPool({
      layout: {
        timestampBits: 41,
        datacenterBits: 0,
        machineBits: 1,
        sequenceBits: 4,
        epoch: Date.UTC(2024, 0),
        tickMs: 1,
      },
    });
    const ids = await pool.generate(1000);
    expect(isAscending(ids)).toBe(true);
    expect(ids).toHaveLength(1000);
  });

  it("of what is no count is refused", async () => {
    const pool = await openPool({ shards: 1 });
    for (const count of [-1, 1.5, Number.NaN, "7", 2 ** 53, Number.POSITIVE_INFINITY]) {
      expect(await codeOf(pool.generate(count as number)), String(count)).toBe("COUNT_INVALID");
    }
  });
});

describe("one pool with several requests at once", () => {
  it("issues no ID twice over batches, streams and next()", async () => {
    const pool = await openPool();
    const collect = async (): Promise<BigUint64Array> => {
      const chunks: BigUint64Array[] = [];
      for await (const chunk of pool.stream({ count: 100_000 })) chunks.push(chunk);
      return joined(chunks);
    };
    const single = async (): Promise<bigint[]> => {
      const ids: bigint[] = [];
      while (ids.length < 2000) ids.push(await pool.next());
      return ids;
    };
    const lists = await Promise.all([pool.generate(150_000), collect(), pool.generate(50_000), single(), collect()]);
    expect(lists.map((list) => list.length)).toEqual([150_000, 100_000, 50_000, 2000, 100_000]);
    for (const list of lists) expect(isAscending(list)).toBe(true);
    expect(distinct(...lists)).toBe(402_000);
  });

  it("shows in its stats what it issued", async () => {
    const pool = await openPool({ shards: 2, lanes: 2 });
    await pool.generate(100_000);
    const { shards } = pool.stats();
    expect(shards.map(({ lanes }) => lanes.length)).toEqual([2, 2]);
    const lanes = shards.flatMap((shard) => shard.lanes);
    expect(lanes.reduce((sum, lane) => sum + lane.issued, 0)).toBe(100_000);
    const held = new Map(pool.leases.map((lease) => [`${lease.datacenterId}/${lease.machineId}`, lease.generation]));
    for (const { datacenterId, machineId, generation, windowEndMs, stepsSeen } of lanes) {
      expect(held.get(`${datacenterId}/${machineId}`)).toBe(generation);
      expect(windowEndMs).toBeGreaterThan(Date.now());
      expect(stepsSeen).toBe(0);
    }
    expect(LAYOUT.idsPerTick).toBe(4096);
  });
});
