import { systemClock } from "@shardflake/core";
import type { KeeperWarning, PoolOptions, StoreSpec } from "@shardflake/pool";
import { describe, expect, it, vi } from "vitest";
import { openStore } from "../../src/store/open-store.js";
import { HELD } from "../store/registers.js";
import { codeOf, LAYOUT, machinesOf, newStore, openPool } from "./pools.js";

const HOUR_MS = 3_600_000;

/** A store whose clock a test can set, and how far this host's clock is ahead of it, in milliseconds. */
function offClockStore(): { store: StoreSpec; setLead(ms: number): void } {
  const lead = new SharedArrayBuffer(8);
  const module = new URL("./off-clock-store.mjs", import.meta.url).href;
  return {
    store: { module, export: "createOffClockStore", options: { inner: newStore().options, lead } },
    setLead: (ms) => void Atomics.store(new BigInt64Array(lead), 0, BigInt(ms)),
  };
}

describe("a host whose clock is further from the store's than it may be", () => {
  const strict: PoolOptions = { shards: 1, windowMs: 300, maxLeadMs: 60_000, waitMs: 200 };

  it.each([
    ["ahead", HOUR_MS, "CLOCK_AHEAD"],
    ["behind", -HOUR_MS, "CLOCK_BEHIND"],
  ])("takes itself out while it is %s, spends nothing on it, and comes back by itself", async (_, leadMs, code) => {
    const { store, setLead } = offClockStore();
    const warnings: KeeperWarning[] = [];
    const pool = await openPool({ ...strict, store, onWarning: (warning) => warnings.push(warning) });
    await pool.generate(1000);
    await pool.next();
    setLead(leadMs);
    await vi.waitFor(async () => expect(await codeOf(pool.generate(10))).toBe(code), 5000);
    const refusal = await pool.generate(10).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code, retryAfterMs: expect.any(Number) });
    expect(await codeOf(pool.next())).toBe(code);
    expect(await codeOf(openPool({ ...strict, store }))).toBe(code);
    expect(warnings.map((warning) => warning.code)).toEqual([code]);
    const limits = (await pool.registers()).map(({ register }) => register.limit + LAYOUT.epochMs);
    expect(Math.max(...limits)).toBeLessThan(Date.now() + 60_000);
    setLead(0);
    await vi.waitFor(async () => expect(await pool.generate(10)).toHaveLength(10), 5000);
    expect(await pool.next()).toBeGreaterThan(0n);
  });
});

describe("a free machine ID that is spent far into the future", () => {
  it("is passed over, with a warning, and is left as it is", async () => {
    const store = newStore();
    const direct = await openStore(store, systemClock);
    await direct.open(LAYOUT.digest, LAYOUT);
    const limit = Date.now() - LAYOUT.epochMs + 5 * HOUR_MS;
    const register = { ...HELD, holder: null, limit };
    await direct.write([{ datacenterId: 0, machineId: 0, expectedVersion: 0, register }]);
    const warnings: KeeperWarning[] = [];
    const pool = await openPool({ store, shards: 2, onWarning: (warning) => warnings.push(warning) });
    expect(machinesOf(await pool.generate(50_000)).has("0/0")).toBe(false);
    expect(pool.leases.map(({ machineId }) => machineId).sort()).toEqual([1, 2]);
    expect(warnings).toEqual([
      { code: "FLOOR_FAR_AHEAD", message: expect.stringMatching(/^Machine ID 0\/0 .* 300 min /) },
    ]);
    expect((await direct.read()).find(({ machineId }) => machineId === 0)).toMatchObject({ version: 1, register });
  });
});
