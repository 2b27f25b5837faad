import { type Clock, ShardflakeError } from "@shardflake/core";
import { createMemoryStore, memoryStore } from "../../src/store/memory.js";
import type { RegisterStore, StoreSpec } from "../../src/store/store.js";

/** Names of the stores that answer nothing at present. */
export const away: Set<string> = new Set();

/** A memory store that can be sent away. */
export function failingStore(name: string): StoreSpec {
  return { module: import.meta.url, export: "createFailingStore", options: { name, inner: memoryStore(name).options } };
}

export function createFailingStore(options: unknown, clock: Clock): RegisterStore {
  const { name, inner } = options as { name: string; inner: unknown };
  const store = createMemoryStore(inner, clock);
  const unless = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (away.has(name)) throw new ShardflakeError("STORE_UNAVAILABLE", "Expected a store, got none.");
    return await work();
  };
  return {
    name: store.name,
    open: (namespace, layout) => store.open(namespace, layout),
    read: () => unless(() => store.read()),
    write: (writes) => unless(() => store.write(writes)),
    now: () => store.now(),
    close: () => store.close(),
  };
}
