import { describe, expect, it } from "vitest";
import { codeOf, distinct, isAscending, machinesOf, newEmbeddedStore, newStore, openPool } from "./pools.js";

describe.each([
  ["memory", newStore],
  ["embedded", newEmbeddedStore],
])("pools on one %s store", (_, makeStore) => {
  it("at the same time have different machine IDs and issue different IDs", async () => {
    const store = makeStore();
    const pools = await Promise.all([openPool({ store }), openPool({ store }), openPool({ store, lanes: 2 })]);
    const batches = await Promise.all(pools.map((pool) => pool.generate(50_000)));
    // How a batch is shared out among the shards of a pool is up to them; no machine ID is in two pools.
    const machines = batches.map((batch) => [...machinesOf([...batch])]);
    expect(new Set(machines.flat()).size).toBe(machines.flat().length);
    expect(distinct(...batches)).toBe(150_000);
  });

  it("one after another with one machine ID ascend as one, and start at once", async () => {
    const options = { store: makeStore(), shards: 1, datacenterId: 3, machineIds: [9] };
    const all: bigint[] = [];
    for (let run = 0; run < 3; run++) {
      const pool = await openPool(options);
      all.push(...(await pool.generate(10_000)));
      await pool.close();
    }
    expect(isAscending(all)).toBe(true);
    expect(machinesOf(all)).toEqual(new Set(["3/9"]));
  });

  it("refuse another layout in the same namespace, and keep namespaces apart", async () => {
    const store = makeStore();
    const layout = { timestampBits: 42, datacenterBits: 4, machineBits: 5, sequenceBits: 12, epoch: 0, tickMs: 1 };
    await openPool({ store, namespace: "orders" });
    expect(await codeOf(openPool({ store, namespace: "orders", layout }))).toBe("LAYOUT_MISMATCH");
    const other = await openPool({ store, namespace: "customers", layout });
    expect(await other.generate(10)).toHaveLength(10);
  });
});
