import { defineLayout, type Window } from "@shardflake/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Keeper } from "../../src/keeper/keeper.js";
import type { Lease } from "../../src/keeper/lease.js";
import { startLocalKeeper } from "../../src/keeper/local-keeper.js";
import { FLOOR_MARGIN_MS } from "../../src/register/floor.js";
import { closeSlot } from "../../src/slot/slot.js";
import { openShardWindow } from "../../src/slot/slot-window.js";
import { memoryStore } from "../../src/store/memory.js";
import type { StoreSpec } from "../../src/store/store.js";

const LAYOUT = defineLayout();
const WANTED = { count: 1, wanted: { purpose: "live" }, among: null, waitMs: 0 } as const;
let stores = 0;
let keepers: Keeper[] = [];

afterEach(async () => {
  for (const keeper of keepers) await keeper.close().catch(() => {});
  keepers = [];
});

async function keep(store: StoreSpec, windowMs = 600): Promise<Keeper> {
  const keeper = await startLocalKeeper({ store, layout: LAYOUT, namespace: "n", windowMs });
  keepers.push(keeper);
  return keeper;
}

async function holder(keeper: Keeper): Promise<{ readonly lease: Lease; readonly window: Window }> {
  const [lease] = await keeper.acquire(WANTED);
  return { lease: lease!, window: openShardWindow(lease!) };
}

const nowTick = (): number => Date.now() - LAYOUT.epochMs;

describe("a keeper that is asked for the horizon", () => {
  it("answers a tick that no holder issues any more, and it follows behind the clock", async () => {
    const store = memoryStore(`horizon-${stores++}`);
    const [one, two] = [await keep(store), await keep(store)];
    const windows = [(await holder(one)).window, (await holder(two)).window];
    const first = await one.horizonTick();
    expect(first).toBeGreaterThan(nowTick() - FLOOR_MARGIN_MS - 60_000);
    for (const { floor } of windows) expect(floor).toBeGreaterThanOrEqual(first);
    await vi.waitFor(async () => expect(await two.horizonTick()).toBeGreaterThan(first), 5000);
    const later = await one.horizonTick();
    expect(later).toBeLessThanOrEqual(nowTick() - FLOOR_MARGIN_MS);
    for (const { floor } of windows) expect(floor).toBeGreaterThanOrEqual(later);
  });

  it("shows nobody the register of the mark", async () => {
    const keeper = await keep(memoryStore(`horizon-${stores++}`));
    await keeper.horizonTick();
    expect(await keeper.inspect()).toEqual([]);
  });

  it("is not kept back by a holder that has stopped renewing, once its claim has lapsed", async () => {
    const store = memoryStore(`horizon-${stores++}`);
    const [dead, alive] = [await keep(store, 200), await keep(store)];
    const { lease } = await holder(dead);
    await holder(alive);
    // As if its process had been killed: it renews nothing any more and gives nothing back.
    keepers = [alive];
    closeSlot(lease.slot);
    Object.assign(dead, { isOver: true });
    const stalledAt = (await alive.inspect()).find(({ machineId }) => machineId === lease.machineId)!.register.floor;
    await vi.waitFor(async () => expect(await alive.horizonTick()).toBeGreaterThan(stalledAt), 10_000);
    const [register] = await alive.inspect();
    expect(register!.register).toMatchObject({ holder: null, generation: 2 });
  });
});
