import { createMemoryStore } from "../../dist/store/memory.js";

/** A memory store whose clock is behind this host's by as much as `lead` says, from whatever thread. */
export function createOffClockStore({ inner, lead }, clock) {
  const store = createMemoryStore(inner, clock);
  const leadMs = new BigInt64Array(lead);
  return {
    name: store.name,
    open: (namespace, layout) => store.open(namespace, layout),
    read: () => store.read(),
    write: (writes) => store.write(writes),
    now: async () => (await store.now()) - Number(Atomics.load(leadMs, 0)),
    close: () => store.close(),
  };
}
