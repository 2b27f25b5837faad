import { subscribe, unsubscribe } from "node:diagnostics_channel";
import {
  type ClockStepped,
  DIAGNOSTICS_CHANNELS,
  type LeaseLost,
  type ShardReplaced,
  startLocalKeeper,
  type WindowWaited,
} from "@shardflake/pool";
import { afterEach, expect, it, vi } from "vitest";
import { LAYOUT, newStore, openPool } from "./pools.js";
import { FAULTS, steering } from "./steered-clock.mjs";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** Everything said on a channel about one namespace from now on. */
function heard<Event extends { readonly namespace: string }>(
  name: (typeof DIAGNOSTICS_CHANNELS)[keyof typeof DIAGNOSTICS_CHANNELS],
  namespace: string,
): Event[] {
  const events: Event[] = [];
  const listen = (message: unknown): void => {
    if ((message as Event).namespace === namespace) events.push(message as Event);
  };
  subscribe(name, listen);
  ends.push(() => unsubscribe(name, listen));
  return events;
}

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

it("a machine ID that is taken away is told as a lost lease, and its shard as replaced", async () => {
  const namespace = "diagnostics-lost";
  const [lost, replaced] = [
    heard<LeaseLost>(DIAGNOSTICS_CHANNELS.leaseLost, namespace),
    heard<ShardReplaced>(DIAGNOSTICS_CHANNELS.shardReplaced, namespace),
  ];
  const store = newStore();
  const pool = await openPool({ store, namespace, windowMs: 300, shards: 1 });
  const { datacenterId, machineId, generation } = pool.leases[0]!;
  const keeper = await startLocalKeeper({ store, layout: LAYOUT, namespace, windowMs: 300 });
  await keeper.forceRelease(datacenterId, machineId);
  await keeper.close();
  await until(() => expect(lost).toEqual([{ namespace, datacenterId, machineId, generation }]));
  await pool.generate(1000);
  const after = pool.leases.map((lease) => ({ datacenterId: lease.datacenterId, machineId: lease.machineId }));
  expect(replaced).toEqual([{ namespace, shard: 0, before: [{ datacenterId, machineId }], after }]);
});

it("a thread that ends is told as a replaced shard, and no lease as lost", async () => {
  const namespace = "diagnostics-exit";
  const lost = heard<LeaseLost>(DIAGNOSTICS_CHANNELS.leaseLost, namespace);
  const replaced = heard<ShardReplaced>(DIAGNOSTICS_CHANNELS.shardReplaced, namespace);
  const clock = steering();
  const pool = await openPool({ namespace, shards: 1, clock: clock.spec });
  clock.inflict(FAULTS.exit);
  await pool.generate(100_000);
  expect(replaced.map(({ shard }) => shard)).toEqual([0]);
  expect(lost).toEqual([]);
});

it("steps back of clocks are told with the place where they were seen, at the latest when the pool closes", async () => {
  const namespace = "diagnostics-step";
  const steps = heard<ClockStepped>(DIAGNOSTICS_CHANNELS.clockStep, namespace);
  const clock = steering();
  const pool = await openPool({ namespace, shards: 1, clock: clock.spec });
  for (const offsetMs of [0, -5000]) {
    clock.setOffsetMs(offsetMs);
    await pool.generate(10);
    await pool.next();
  }
  await pool.close();
  const places = steps.map(({ place }) => place);
  expect(places).toContainEqual({ kind: "shard", shard: 0 });
  expect(places).toContainEqual({ kind: "caller" });
  expect(steps.every(({ steps }) => steps >= 1)).toBe(true);
});

it("the end of a window that is not extended in time is told once, with the machine ID that waits there", async () => {
  const namespace = "diagnostics-window";
  const waits = heard<WindowWaited>(DIAGNOSTICS_CHANNELS.windowWait, namespace);
  const clock = steering();
  const pool = await openPool({ namespace, shards: 0, clock: clock.spec, windowMs: 60_000 });
  const generator = await pool.claim();
  generator.next();
  // No renewal is due for seconds.
  clock.setOffsetMs(3_600_000);
  for (let i = 0; i < 3; i++) expect(generator.tryNext()).toBeUndefined();
  await until(() => expect(waits).toHaveLength(1));
  await pool.close();
  const { datacenterId, machineId } = generator;
  expect(waits).toEqual([{ namespace, datacenterId, machineId, generation: 1, waits: 1 }]);
});
