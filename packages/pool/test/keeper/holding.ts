import { expect } from "vitest";
import { readSlot } from "../../src/slot/slot.js";
import type { Host } from "./host.js";
import { World } from "./world.js";

/** A world of calm weather, with one keeper that holds `count` machine IDs. */
export function holding(count: number, hosts = 1): { world: World; host: Host } {
  const world = new World(hosts);
  const host = world.hosts[0]!;
  world.acquire(host, count, 0);
  world.settle();
  expect(host.leases).toHaveLength(count);
  return { world, host };
}

/** How far the least of a host's windows runs ahead of its clock, milliseconds. */
export function leastLeft(world: World, host: Host): number {
  return Math.min(...host.leases.map(({ lease }) => readSlot(lease.slot).limit - world.nowMs(host)));
}
