import { startLocalKeeper } from "@shardflake/pool";
import { describe, expect, it } from "vitest";
import { isAscending, joined, LAYOUT, newStore, openPool } from "./pools.js";
import { FAULTS, steering } from "./steered-clock.mjs";

describe.each([
  ["exits", FAULTS.exit],
  ["throws outside of any task", FAULTS.throwLater],
])("a shard's thread that %s", (_, fault) => {
  it("in a batch is replaced: the batch is whole, and the pool has all its shards again", async () => {
    const clock = steering();
    const pool = await openPool({ clock: clock.spec });
    const generations = pool.leases.map(({ machineId, generation }) => `${machineId}@${generation}`);
    const batch = pool.generate(2_000_000);
    clock.inflict(fault);
    const ids = await batch;
    expect(clock.isInflicted()).toBe(true);
    expect(ids).toHaveLength(2_000_000);
    expect(isAscending(ids)).toBe(true);
    const now = pool.leases.map(({ machineId, generation }) => `${machineId}@${generation}`);
    expect(now.filter((lease) => !generations.includes(lease))).toHaveLength(1);
    const next = await pool.generate(500_000);
    expect(isAscending(next)).toBe(true);
    const issued = pool.stats().shards.map(({ lanes }) => lanes[0]!.issued);
    expect(Math.min(...issued)).toBeGreaterThanOrEqual(250_000);
  });

  it("in a stream is replaced: nothing is missing and nothing out of order", async () => {
    const clock = steering();
    const pool = await openPool({ clock: clock.spec });
    const read: BigUint64Array[] = [];
    for await (const chunk of pool.stream({ count: 3_000_000 })) {
      read.push(chunk);
      if (read.length === 3) clock.inflict(fault);
    }
    expect(clock.isInflicted()).toBe(true);
    const ids = joined(read);
    expect(ids).toHaveLength(3_000_000);
    expect(isAscending(ids)).toBe(true);
  });

  it("once in each of five batches does not wear the pool out", async () => {
    const clock = steering();
    const pool = await openPool({ clock: clock.spec, datacenterId: 0, machineIds: [0, 1] });
    const batches: BigUint64Array[] = [];
    for (let batch = 0; batch < 5; batch++) {
      clock.inflict(fault);
      batches.push(await pool.generate(200_000));
    }
    const ids = joined(batches);
    expect(ids).toHaveLength(1_000_000);
    expect(new Set(ids.filter((_, i) => i % 10 === 0)).size).toBe(100_000);
    for (const batch of batches) expect(isAscending(batch)).toBe(true);
  });
});

it("a shard that is silent for seconds leaves the stream; the others do its work, and it comes back later", async () => {
  const clock = steering();
  const pool = await openPool({ clock: clock.spec });
  const read: BigUint64Array[] = [];
  for await (const chunk of pool.stream({ count: 4_000_000 })) {
    read.push(chunk);
    if (read.length === 3) clock.inflict(FAULTS.sleepLong);
  }
  expect(clock.isInflicted()).toBe(true);
  const ids = joined(read);
  expect(ids).toHaveLength(4_000_000);
  expect(isAscending(ids)).toBe(true);
  // The work was done by the one that was awake.
  const issued = pool.stats().shards.map(({ lanes }) => lanes[0]!.issued);
  expect(Math.max(...issued)).toBeGreaterThan(2_000_000);
  const next = await pool.generate(500_000);
  expect(next).toHaveLength(500_000);
  expect(isAscending([ids.at(-1)!, ...next])).toBe(true);
}, 20_000);

it("a machine ID that is taken away in the middle of a stream is replaced by another", async () => {
  const store = newStore();
  const pool = await openPool({ store, windowMs: 600 });
  const keeper = await startLocalKeeper({ store, layout: LAYOUT, windowMs: 600 });
  const [taken] = pool.leases;
  const isReplaced = () => !pool.leases.some((lease) => lease.slot === taken!.slot);
  const read: BigUint64Array[] = [];
  let afterwards = 0;
  for await (const chunk of pool.stream()) {
    // Of every chunk the ends are enough for the order between chunks, and all of it for the order inside.
    expect(isAscending(chunk)).toBe(true);
    read.push(chunk.slice(0, 1), chunk.slice(-1));
    if (read.length === 6) await keeper.forceRelease(taken!.datacenterId, taken!.machineId);
    if (isReplaced() && ++afterwards === 5) break;
  }
  expect(read.length).toBeGreaterThan(10);
  const ends = joined(read);
  expect(ends.every((id, i) => i === 0 || id >= ends[i - 1]!)).toBe(true);
  expect(isAscending(await pool.generate(100_000))).toBe(true);
  await keeper.close();
}, 20_000);
