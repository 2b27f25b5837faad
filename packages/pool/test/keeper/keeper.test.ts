import { defineLayout, systemClock } from "@shardflake/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Keeper } from "../../src/keeper/keeper.js";
import type { KeeperOptions } from "../../src/keeper/keeper-options.js";
import type { AcquireRequest, Lease } from "../../src/keeper/lease.js";
import { startLocalKeeper } from "../../src/keeper/local-keeper.js";
import { FLOOR_MARGIN_MS } from "../../src/register/floor.js";
import { readSlot } from "../../src/slot/slot.js";
import { openShardWindow } from "../../src/slot/slot-window.js";
import { memoryStore } from "../../src/store/memory.js";
import { openStore } from "../../src/store/open-store.js";
import type { StoreSpec } from "../../src/store/store.js";
import { HELD } from "../store/registers.js";
import { away, failingStore } from "./failing-store.js";

/** The thread's keeper as it is shipped: its thread loads built files. */
const built = (await import(new URL("../../dist/keeper/thread-keeper.js", import.meta.url).href)) as {
  startThreadKeeper: (options: KeeperOptions) => Promise<Keeper>;
};

const LAYOUT = defineLayout();
const WINDOW_MS = 600;
let stores = 0;
let keepers: Keeper[] = [];

afterEach(async () => {
  for (const keeper of keepers) await keeper.close().catch(() => {});
  keepers = [];
  away.clear();
});

const wanted = (count: number, fields: Partial<AcquireRequest> = {}): AcquireRequest => ({
  ...{ count, wanted: { purpose: "live" }, among: null, waitMs: 0 },
  ...fields,
});

/** The memory store, by the module that the keeper's thread can load. */
function sharedStore(): StoreSpec {
  const spec = memoryStore(`keeper-${stores++}`);
  return { ...spec, module: new URL("../../dist/store/memory.js", import.meta.url).href };
}

describe.each([
  { place: "in this thread", start: startLocalKeeper },
  { place: "in a thread of its own", start: built.startThreadKeeper },
])("a keeper $place", ({ start }) => {
  async function keep(store: StoreSpec, options: Partial<KeeperOptions> = {}): Promise<Keeper> {
    const keeper = await start({ store, layout: LAYOUT, namespace: "n", windowMs: WINDOW_MS, ...options });
    keepers.push(keeper);
    return keeper;
  }

  it("gives leases with open slots that run ahead of the clock, and renews them", async () => {
    const keeper = await keep(sharedStore());
    const earliest = Date.now() - LAYOUT.epochMs - FLOOR_MARGIN_MS;
    const leases = await keeper.acquire(wanted(3));
    const latest = Date.now() - LAYOUT.epochMs - FLOOR_MARGIN_MS;
    expect(leases.map(({ machineId, generation }) => [machineId, generation])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    for (const { floor } of leases) {
      expect(floor).toBeGreaterThanOrEqual(earliest);
      expect(floor).toBeLessThanOrEqual(latest);
    }
    const first = leases.map((lease) => readSlot(lease.slot));
    expect(first.every(({ open }) => open)).toBe(true);
    expect(first[0]!.limit).toBeGreaterThan(Date.now() - LAYOUT.epochMs);
    await vi.waitFor(() => {
      for (const [i, lease] of leases.entries()) expect(readSlot(lease.slot).limit).toBeGreaterThan(first[i]!.limit);
    }, 5000);
  });

  it("gives machine IDs back with the last tick issued, and the next holder starts there", async () => {
    const store = sharedStore();
    const keeper = await keep(store);
    const [lease] = await keeper.acquire(wanted(1));
    const last = openShardWindow(lease!).admit(Date.now() - LAYOUT.epochMs);
    await keeper.release([lease!]);
    expect(readSlot(lease!.slot).open).toBe(false);
    const [stored] = await keeper.inspect();
    expect(stored).toMatchObject({ claimed: false, register: { holder: null, limit: last, generation: 2 } });
    // Given back in this millisecond, it is free in the next; whoever takes any machine ID takes another meanwhile.
    const among = [{ datacenterId: 0, machineId: 0 }];
    const [next] = await keeper.acquire(wanted(1, { among, waitMs: 1000 }));
    expect(next).toMatchObject({ machineId: 0, floor: last, generation: 3 });
  });

  it("gives everything back when it is closed, and answers nothing afterwards", async () => {
    const store = sharedStore();
    const keeper = await keep(store);
    const leases = await keeper.acquire(wanted(4));
    await keeper.close();
    await keeper.close();
    expect(leases.map((lease) => readSlot(lease.slot).open)).toEqual([false, false, false, false]);
    await expect(async () => keeper.acquire(wanted(1))).rejects.toMatchObject({ code: "KEEPER_CLOSED" });
    await expect(async () => keeper.inspect()).rejects.toMatchObject({ code: "KEEPER_CLOSED" });
    const observer = await keep(store);
    expect((await observer.inspect()).map(({ register }) => register.holder)).toEqual([null, null, null, null]);
  });

  it("ends a waiting acquire when it is closed", async () => {
    const keeper = await keep(sharedStore());
    const among = [{ datacenterId: 0, machineId: 0 }];
    await keeper.acquire(wanted(1, { among }));
    const waiting = keeper.acquire(wanted(1, { among, waitMs: 60_000 }));
    const refused = expect(waiting).rejects.toMatchObject({ code: "KEEPER_CLOSED" });
    await keeper.close();
    await refused;
  });

  it("refuses with the error's class, code, message and time to wait", async () => {
    const store = sharedStore();
    const direct = await openStore(store, systemClock);
    await direct.open("n", LAYOUT);
    const limit = Date.now() - LAYOUT.epochMs + 50_000;
    const id = { datacenterId: 0, machineId: 0 };
    await direct.write([{ ...id, expectedVersion: 0, register: { ...HELD, holder: null, limit } }]);
    const keeper = await keep(store);
    const error = await keeper.acquire(wanted(1, { among: [id] })).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: "LeaseUnavailableError",
      code: "FLOOR_AHEAD",
      message: expect.stringMatching(/^Expected 1 /),
    });
    expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(40_000);
    await expect(async () => keeper.acquire(wanted(-1))).rejects.toMatchObject({ code: "OPTION_INVALID" });
    await expect(async () => keeper.forceRelease(99, 0)).rejects.toMatchObject({ code: "MACHINE_ID_INVALID" });
  });

  it("does not start on a namespace of another layout", async () => {
    const store = sharedStore();
    await keep(store);
    await expect(keep(store, { layout: { sequenceBits: 11 } })).rejects.toMatchObject({ code: "LAYOUT_MISMATCH" });
  });

  it("tells of a lease that was ended by force, with its slot closed, and keeps the others", async () => {
    const store = sharedStore();
    const lost: Lease[] = [];
    const keeper = await keep(store, { onLost: (leases) => lost.push(...leases) });
    const [first, second] = await keeper.acquire(wanted(2));
    const other = await keep(store);
    expect((await other.forceRelease(0, 0)).register).toMatchObject({ generation: 2, holder: null });
    await vi.waitFor(() => expect(lost).toHaveLength(1), 5000);
    expect(lost[0]).toMatchObject({ machineId: first!.machineId, generation: 1 });
    expect(readSlot(first!.slot).open).toBe(false);
    const { limit } = readSlot(second!.slot);
    await vi.waitFor(() => expect(readSlot(second!.slot).limit).toBeGreaterThan(limit), 5000);
  });

  it("takes nothing when nothing is asked for", async () => {
    const keeper = await keep(sharedStore());
    expect(await keeper.acquire(wanted(0))).toEqual([]);
    expect(await keeper.reserveBackfill(0)).toEqual([]);
  });

  it("spends a backfill period as a whole, on a register that was never live", async () => {
    const keeper = await keep(sharedStore());
    expect((await keeper.reserveBackfill(1)).map(({ machineId, datacenterId }) => [datacenterId, machineId])).toEqual([
      [31, 31],
    ]);
    const period = { purpose: "backfill", afterTick: 100, toTick: 200 } as const;
    const [lease] = await keeper.acquire(wanted(1, { wanted: period }));
    expect(lease).toMatchObject({ datacenterId: 31, machineId: 31, floor: 100, generation: 1 });
    expect(openShardWindow(lease!).admit(10_000)).toBe(200);
    await keeper.release([lease!]);
    const [again] = await keeper.acquire(wanted(1, { wanted: period }));
    expect(again).toMatchObject({ datacenterId: 31, machineId: 30, floor: 100 });
  });
});

describe("a keeper whose store has gone away", () => {
  it("closes every slot all the same, and says what is missing", async () => {
    const keeper = await startLocalKeeper({ store: failingStore("away"), layout: LAYOUT, windowMs: 200 });
    const leases = await keeper.acquire(wanted(2));
    away.add("away");
    await expect(keeper.close()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(leases.map((lease) => readSlot(lease.slot).open)).toEqual([false, false]);
  });
});

describe("a keeper in a thread of its own", () => {
  it("goes on renewing while the main thread is blocked for two windows", async () => {
    const keeper = await built.startThreadKeeper({ store: sharedStore(), layout: LAYOUT, windowMs: WINDOW_MS });
    keepers.push(keeper);
    const [lease] = await keeper.acquire(wanted(1));
    for (const until = performance.now() + 2 * WINDOW_MS; performance.now() < until; ) {}
    expect(readSlot(lease!.slot).limit).toBeGreaterThan(Date.now() - LAYOUT.epochMs);
  });

  it("says that its thread has ended, and closes the slots", async () => {
    const source = `export const create = () => ({
      name: "deadly", open: async () => {},
      write: async ([{ expectedVersion, ...write }]) => {
        register = { ...write, version: expectedVersion + 1, claimed: true };
        return "done";
      }, now: async () => Date.now(), close: async () => {},
      read: async () => { if (register === undefined) return []; if (reads++ === 1) process.exit(3); return [register]; },
    });
    let [register, reads] = [undefined, 0];`;
    const module = `data:text/javascript,${encodeURIComponent(source)}`;
    const lost: Lease[] = [];
    const keeper = await built.startThreadKeeper({
      store: { module, export: "create", options: null },
      layout: LAYOUT,
      onLost: (leases) => lost.push(...leases),
    });
    const [lease] = await keeper.acquire(wanted(1));
    await expect(keeper.inspect()).rejects.toMatchObject({ code: "KEEPER_STOPPED" });
    expect(lost).toEqual([lease]);
    expect(readSlot(lease!.slot).open).toBe(false);
    await expect(keeper.close()).rejects.toMatchObject({ code: "KEEPER_STOPPED" });
  });
});
