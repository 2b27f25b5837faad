import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { defineLayout } from "@shardflake/core";
import { encoderFor, openShard, startLocalKeeper, type Ticket } from "@shardflake/pool";
import { describe, expect, it } from "vitest";
import { codeOf, distinct, isAscending, LAYOUT, machinesOf, newStore, openPool } from "./pools.js";

const TICKET_THREAD = new URL("./ticket-thread.mjs", import.meta.url);

function idsIn(bytes: Uint8Array): bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 8 }, (_, i) => view.getBigUint64(i * 8, true));
}

/** What a thread of the test's own makes of a ticket. */
async function issueElsewhere(ticket: Ticket, count: number): Promise<{ ids?: BigUint64Array; code?: string }> {
  const worker = new Worker(TICKET_THREAD, { workerData: { ticket, count } });
  const [answer] = await once(worker, "message");
  await worker.terminate();
  return answer;
}

describe("IDs in this thread", () => {
  it("next() ascends, however many ask at once", async () => {
    const pool = await openPool({ shards: 0 });
    const ids: bigint[] = [];
    const take = async (): Promise<void> => {
      ids.push(await pool.next());
    };
    // More than one tick holds, so that somebody has to wait.
    for (let i = 0; i < 4; i++) await Promise.all(Array.from({ length: 5000 }, take));
    expect(isAscending(ids)).toBe(true);
    expect(machinesOf(ids).size).toBe(1);
  });

  it("start their sequences at random where that was asked for, in this thread and in a shard's", async () => {
    // Ticks so long that all of these IDs are in one or two of them.
    const layout = { timestampBits: 31, datacenterBits: 5, machineBits: 5, sequenceBits: 20, epoch: 0, tickMs: 5000 };
    const pool = await openPool({ shards: 1, layout, sequenceStart: "random" });
    const ids = [await pool.next(), (await pool.claim()).next(), ...(await pool.generate(1))];
    // One start in 30,000 is below 16, and without the option every one is 0.
    for (const id of ids) expect(Number(id % 2n ** 20n)).toBeGreaterThanOrEqual(16);
  });

  it("next() leaves the event loop free while it waits for a tick", async () => {
    const layout = { timestampBits: 38, datacenterBits: 5, machineBits: 5, sequenceBits: 2, epoch: 0, tickMs: 20 };
    const pool = await openPool({ shards: 0, layout });
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    const ids: bigint[] = [];
    // Four IDs fill a tick.
    while (ids.length < 12) ids.push(await pool.next());
    clearInterval(turning);
    expect(isAscending(ids)).toBe(true);
    expect(turns).toBeGreaterThan(0);
  });

  it("take() ascends within a batch and from one to the next, on as many machine IDs as there are lanes", async () => {
    const pool = await openPool({ shards: 0, lanes: 3 });
    const batches: bigint[][] = [];
    for (const count of [1, 40_000, 0, 7, 20_000]) batches.push(idsIn(await pool.take(count, encoderFor("u64le"))));
    expect(batches.map(({ length }) => length)).toEqual([1, 40_000, 0, 7, 20_000]);
    expect(isAscending(batches.flat())).toBe(true);
    expect(machinesOf(batches.flat()).size).toBe(3);
    expect(pool.stats().here.lanes.reduce((sum, { issued }) => sum + issued, 0)).toBe(60_008);
  });

  it("take() serves many at once, no ID twice, and every one of them ascending", async () => {
    const pool = await openPool({ shards: 0 });
    const texts = await Promise.all(Array.from({ length: 200 }, () => pool.take(100, encoderFor("text"))));
    const batches = texts.map((text) => new TextDecoder().decode(text).trim().split("\n").map(BigInt));
    for (const batch of batches) expect(isAscending(batch)).toBe(true);
    expect(distinct(...batches)).toBe(20_000);
  });

  it("take() that others leave nothing for says so, and blames no clock", async () => {
    // Fifty IDs a second, and a hundred requests that wait a tenth of one.
    const layout = defineLayout({ timestampBits: 36, sequenceBits: 0, tickMs: 20 });
    const pool = await openPool({ shards: 0, layout, datacenterId: 0, machineIds: [0], waitMs: 100 });
    const codes = await Promise.all(Array.from({ length: 100 }, () => codeOf(pool.take(3, encoderFor("u64le")))));
    const refused = codes.filter((code) => typeof code === "string");
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused)).toEqual(new Set(["OVERLOADED"]));
  });

  it("take() goes on above everything before when its machine ID is taken away", async () => {
    const store = newStore();
    const pool = await openPool({ store, shards: 0, windowMs: 300 });
    const keeper = await startLocalKeeper({ store, layout: LAYOUT, windowMs: 300 });
    const ids = idsIn(await pool.take(1000, encoderFor("u64le")));
    const lane = () => pool.stats().here.lanes[0]!;
    const { datacenterId, machineId } = lane();
    await keeper.forceRelease(datacenterId, machineId);
    while (lane().machineId === machineId && lane().isOpen) ids.push(...idsIn(await pool.take(1, encoderFor("u64le"))));
    // What is left of the last tick that was admitted is still issued; the tick after it needs another machine ID.
    do ids.push(...idsIn(await pool.take(1000, encoderFor("u64le"))));
    while (!lane().isOpen);
    expect(isAscending(ids)).toBe(true);
    await keeper.close();
  });

  it.each([-1, 1.5, Number.NaN, Infinity, "7"])("take(%s) is refused", async (count) => {
    const pool = await openPool({ shards: 0 });
    expect(await codeOf(pool.take(count as number, encoderFor("text")))).toBe("COUNT_INVALID");
  });

  it("claims have machine IDs of their own", async () => {
    const pool = await openPool({ shards: 1 });
    const [first, second] = [await pool.claim(), await pool.claim()];
    const ids = [first, second].flatMap((generator) => Array.from({ length: 5000 }, () => generator.next()));
    const batch = await pool.generate(5000);
    expect(machinesOf([...ids, ...batch]).size).toBe(3);
    expect(distinct(ids, batch)).toBe(15_000);
  });

  it("a pool without shards says so where a batch is asked for", async () => {
    const pool = await openPool({ shards: 0 });
    expect(await codeOf(pool.generate(10))).toBe("NO_SHARDS");
  });

  it("no more machine IDs than there are", async () => {
    const pool = await openPool({ shards: 1, datacenterId: 0, machineIds: [4, 5], waitMs: 0 });
    expect((await pool.claim()).machineId).not.toBe(pool.leases[0]!.machineId);
    expect(await codeOf(pool.claim())).toBe("MACHINE_IDS_TAKEN");
  });
});

describe("a ticket", () => {
  it("opens in a thread of somebody's own, which then issues beside the pool", async () => {
    const pool = await openPool({ shards: 1 });
    const [{ ids }, batch, ticket] = await Promise.all([
      pool.ticket().then((given) => issueElsewhere(given, 50_000)),
      pool.generate(50_000),
      pool.ticket(),
    ]);
    expect(ids).toHaveLength(50_000);
    expect(isAscending(ids!)).toBe(true);
    expect(distinct(ids!, batch)).toBe(100_000);
    expect(machinesOf(ids!)).not.toEqual(machinesOf(batch));
    expect((await openShard(ticket)).next()).toBeGreaterThan(0n);
  });

  it("opens once: here and there, there and there, here and here", async () => {
    const pool = await openPool({ shards: 0 });
    const here = await pool.ticket();
    await openShard(here);
    expect(await issueElsewhere(here, 1)).toEqual({ code: "TICKET_USED" });
    const there = await pool.ticket();
    expect(await issueElsewhere(there, 1)).toHaveProperty("ids");
    expect(await issueElsewhere(there, 1)).toEqual({ code: "TICKET_USED" });
    expect(await codeOf(openShard(there))).toBe("TICKET_USED");
    const raced = await pool.ticket();
    const outcomes = await Promise.all([issueElsewhere(raced, 1), issueElsewhere(raced, 1), issueElsewhere(raced, 1)]);
    expect(outcomes.filter(({ ids }) => ids !== undefined)).toHaveLength(1);
  });

  it("whose clock cannot be had is not used up by that", async () => {
    const pool = await openPool({ shards: 0 });
    const ticket = await pool.ticket();
    const clock = { module: "node:path", export: "nothing", options: null };
    expect(await codeOf(openShard({ ...ticket, clock }))).toBe("CLOCK_UNAVAILABLE");
    expect((await openShard(ticket)).next()).toBeGreaterThan(0n);
  });

  it.each([undefined, null, {}, { lease: { slot: 7 } }])("that is none (%j) is refused", async (ticket) => {
    expect(await codeOf(openShard(ticket as never))).toBe("TICKET_INVALID");
  });

  it("issues nothing once the pool is closed, opened before or after", async () => {
    const pool = await openPool({ shards: 0 });
    const [opened, kept] = [await openShard(await pool.ticket()), await pool.ticket()];
    const last = opened.next();
    await pool.close();
    const late: bigint[] = [];
    // What is left of a tick that was published before may still be used; no tick after it.
    const issue = () => {
      for (;;) late.push(opened.next());
    };
    expect(issue).toThrow(expect.objectContaining({ code: "LEASE_LOST" }));
    for (const id of late) expect(id >> 22n).toBe(last >> 22n);
    expect(await codeOf(openShard(kept))).toBe("LEASE_LOST");
  });
});
