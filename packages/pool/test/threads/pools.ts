import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DecomposedId, decompose, defineLayout, type Layout } from "@shardflake/core";
import { createPool, embeddedStore, memoryStore, type Pool, type PoolOptions } from "@shardflake/pool";
import { afterEach } from "vitest";

export const LAYOUT: Layout = defineLayout();

let stores = 0;
const open = new Set<Pool>();
const directories = new Set<string>();

afterEach(async () => {
  const pools = [...open];
  open.clear();
  await Promise.all(pools.map((pool) => pool.close()));
  for (const directory of directories) rmSync(directory, { recursive: true });
  directories.clear();
});

/** A pool of two shards on a new memory store unless told otherwise; closed when the test ends. */
export async function openPool(options: PoolOptions = {}): Promise<Pool> {
  const pool = await createPool({ shards: 2, store: newStore(), ...options });
  open.add(pool);
  return pool;
}

/** A memory store that nobody else in this thread uses. */
export function newStore(): NonNullable<PoolOptions["store"]> {
  return memoryStore(`threads-${++stores}`);
}

/** An embedded store in a directory of its own, removed when the test ends. */
export function newEmbeddedStore(): NonNullable<PoolOptions["store"]> {
  const directory = mkdtempSync(join(tmpdir(), "shardflake-pools-"));
  directories.add(directory);
  return embeddedStore(directory);
}

export function isAscending(ids: Iterable<bigint>): boolean {
  let last = -1n;
  for (const id of ids) {
    if (id <= last) return false;
    last = id;
  }
  return true;
}

/** How many different IDs there are in all of them. */
export function distinct(...lists: readonly Iterable<bigint>[]): number {
  let length = 0;
  for (const list of lists) for (const _ of list) length++;
  const all = new BigUint64Array(length);
  let at = 0;
  for (const list of lists) for (const id of list) all[at++] = id;
  all.sort();
  return all.filter((id, i) => i === 0 || id !== all[i - 1]).length;
}

export function sectionsOf(id: bigint): DecomposedId {
  return decompose(LAYOUT, id);
}

/** "datacenter/machine" of every machine ID among the IDs. */
export function machinesOf(ids: Iterable<bigint>): Set<string> {
  const machines = new Set<string>();
  for (const id of ids) {
    const { datacenterId, machineId } = sectionsOf(id);
    machines.add(`${datacenterId}/${machineId}`);
  }
  return machines;
}

/** The code of the error that a promise is rejected with; what it resolved with otherwise. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => ({ resolved: value }),
    (error) => error.code ?? error,
  );
}

/** The lists put together, in their order. */
export function joined(chunks: readonly BigUint64Array[]): BigUint64Array {
  const ids = new BigUint64Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    ids.set(chunk, at);
    at += chunk.length;
  }
  return ids;
}
