import type { Clock } from "@shardflake/core";
import type { RegisterStore, StoreSpec } from "@shardflake/pool";

interface CountingOptions {
  readonly inner: StoreSpec;
  readonly calls: Int32Array<SharedArrayBuffer>;
}

/** Another store, whose calls are counted in every thread that makes them. */
export function countingStore(inner: StoreSpec, calls: Int32Array<SharedArrayBuffer>): StoreSpec {
  const options: CountingOptions = { inner, calls };
  return { module: import.meta.url, export: "createCountingStore", options };
}

/** The factory behind {@link countingStore}. */
export async function createCountingStore(options: unknown, clock: Clock): Promise<RegisterStore> {
  const { inner, calls } = options as CountingOptions;
  type Factory = (options: unknown, clock: Clock) => RegisterStore | Promise<RegisterStore>;
  const factory = ((await import(inner.module)) as Record<string, Factory>)[inner.export]!;
  const store = await factory(inner.options, clock);
  const count = (): void => void Atomics.add(calls, 0, 1);
  return {
    name: store.name,
    open: (namespace, layout) => store.open(namespace, layout),
    read() {
      count();
      return store.read();
    },
    write(writes) {
      count();
      return store.write(writes);
    },
    now() {
      count();
      return store.now();
    },
    close: () => store.close(),
  };
}
