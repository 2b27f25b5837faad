import { createPool, encoderFor, memoryStore, startLocalKeeper } from "@shardflake/pool";
import { describe, expect, it } from "vitest";
import { codeOf, LAYOUT, newStore, openPool } from "./pools.js";

describe("closing a pool", () => {
  it("ends what is running with POOL_CLOSED, and gives every machine ID back", async () => {
    const store = newStore();
    const pool = await openPool({ store });
    const reading = (async () => {
      for await (const _ of pool.stream());
    })();
    const running = [pool.generate(50_000_000), reading, pool.write(() => new Promise(() => {}), { format: "csv" })];
    await pool.next();
    const codes = Promise.all(running.map(codeOf));
    await pool.close();
    expect(await codes).toEqual(["POOL_CLOSED", "POOL_CLOSED", "POOL_CLOSED"]);
    const watcher = await openPool({ store, shards: 0 });
    const registers = await watcher.registers();
    expect(registers).toHaveLength(3);
    expect(registers.filter(({ claimed, register }) => claimed || register.holder !== null)).toEqual([]);
  });

  it("refuses whatever comes after it", async () => {
    const pool = await openPool();
    await pool.next();
    await pool.close();
    await pool.close();
    const stream = pool.stream();
    const late = [
      pool.generate(1),
      stream.next(),
      pool.write(() => {}, { format: "text" }),
      pool.ticket(),
      pool.claim(),
    ];
    expect(await Promise.all(late.map(codeOf))).toEqual(Array(5).fill("POOL_CLOSED"));
    const backfill = pool.backfill(() => {}, { format: "text", fromMs: 0, toMs: 1, count: 1 });
    expect(await codeOf(backfill)).toBe("POOL_CLOSED");
    expect(await codeOf(pool.next())).toMatch(/^(POOL_CLOSED|LEASE_LOST)$/);
  });

  it("ends every wait for a machine ID with POOL_CLOSED", async () => {
    const pool = await openPool({ shards: 1, datacenterId: 0, machineIds: [0], waitMs: 3_600_000 });
    const waiting = [pool.next(), pool.claim(), pool.ticket(), pool.take(1, encoderFor("text"))].map(codeOf);
    // Answered after they have asked, and found none free.
    await pool.registers();
    await pool.close();
    expect(await Promise.all(waiting)).toEqual(Array(4).fill("POOL_CLOSED"));
  });

  it("does not wait for a machine ID in the place of one that was taken away", async () => {
    const store = newStore();
    const only = { store, shards: 1, datacenterId: 0, machineIds: [0], windowMs: 600, waitMs: 3_600_000 };
    const pool = await openPool(only);
    const heir = openPool(only);
    const keeper = await startLocalKeeper({ store, layout: LAYOUT });
    const stream = pool.stream();
    await stream.next();
    await keeper.forceRelease(0, 0);
    await keeper.close();
    await heir;
    const reading = codeOf(
      (async () => {
        for await (const _ of stream);
      })(),
    );
    while (pool.stats().shards[0]!.lanes[0]!.isOpen) await pool.registers();
    // Nothing tells that the thread has ended and a successor is waited for: so many answers take longer than that.
    for (let answers = 0; answers < 500; answers++) await pool.registers();
    await pool.close();
    expect(await reading).toBe("POOL_CLOSED");
  });

  it("comes by itself at the end of an await using", async () => {
    const store = memoryStore("await using");
    const generations: number[] = [];
    for (let round = 0; round < 2; round++) {
      await using pool = await createPool({ store, shards: 1, datacenterId: 0, machineIds: [0], waitMs: 2000 });
      await pool.generate(10);
      generations.push(pool.leases[0]!.generation);
    }
    // Given back (one more), and taken again (one more).
    expect(generations).toEqual([1, 3]);
  });
});

describe("creating a pool", () => {
  it("waits no longer than its signal", async () => {
    const store = newStore();
    const taken = { store, shards: 1, datacenterId: 0, machineIds: [0] };
    await openPool(taken);
    const enough = new Error("enough");
    const controller = new AbortController();
    const waiting = openPool({ ...taken, signal: controller.signal });
    setImmediate(() => controller.abort(enough));
    await expect(waiting).rejects.toBe(enough);
  });

  it.each([
    ["an unknown option", { shard: 1 } as object],
    ["too many shards", { shards: 3, machineIds: [0], datacenterId: 0 }],
    ["no machine IDs", { machineIds: [] }],
    ["a clock that is a function", { clock: () => 0 } as object],
  ])("with %s is refused", async (_, options) => {
    expect(await codeOf(openPool(options))).toBe("OPTION_INVALID");
  });
});
